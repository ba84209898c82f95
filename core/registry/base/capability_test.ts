import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import type { NodeRecord } from "../../ports/values.ts";
import { capabilitiesOf, requireSearchable, requireSupported } from "./capability.ts";
import { corpusOf } from "./corpus.ts";
import { asBuildBudget, asObjective, asServeMode, BUILD_BUDGETS, OBJECTIVES, SERVE_MODES } from "./enums.ts";

const manifest = {
  backend: "local",
  capabilities: [
    { name: "embed", mode: "searchable", supported: true, notes: "" },
    { name: "pretrain", mode: "launch-and-track", supported: true, notes: "" },
    { name: "serve", mode: "launch-and-track", supported: false, notes: "Take a builder with a GPU" },
  ],
} as const;

Deno.test("capabilitiesOf() answers for what is named and for what is not", () => {
  const can = capabilitiesOf(manifest);
  deepEqual(["embed", "serve", "tokenize", "constructor"].map(can.supports), [true, false, false, false]);
  deepEqual(["embed", "pretrain", "tokenize"].map(can.mode_of), ["searchable", "launch-and-track", undefined]);
});

Deno.test("requireSupported() refuses with the builder's own words", () => {
  equal(requireSupported(manifest, "embed").mode, "searchable");
  throws(() => requireSupported(manifest, "serve"), { code: "unsupported", hint: "Take a builder with a GPU" });
  throws(() => requireSupported(manifest, "tokenize"), { code: "unsupported", hint: undefined });
});

Deno.test("requireSearchable() refuses what is launched and tracked", () => {
  equal(requireSearchable(manifest, "embed").name, "embed");
  throws(() => requireSearchable(manifest, "pretrain"), { code: "not-searchable" });
  throws(() => requireSearchable(manifest, "serve"), { code: "unsupported" });
});

const words = [[asObjective, OBJECTIVES], [asBuildBudget, BUILD_BUDGETS], [asServeMode, SERVE_MODES]] as const;
for (const [check, allowed] of words) {
  Deno.test(`${check.name}() takes its words and no other`, () => {
    for (const word of allowed) equal(check(word), word);
    for (
      const other of ["", "causal_lm", "Full", ` ${allowed[0]}`, "constructor", 1, null, undefined, {}, [allowed[0]]]
    ) {
      throws(() => check(other), { code: "bad-value" });
    }
  });
}

Deno.test("asObjective() tells the nearest word", () => {
  throws(() => asObjective("next-evnt"), { hint: /^did you mean 'next-event'\?/ });
});

Deno.test("general() gives rows that are to be shared, to the letter", () => {
  const owners = ["general", "General", "general ", "", "private", "acme"];
  const rows = owners.map((owned_by) => ({ owned_by }) as NodeRecord);
  deepEqual(corpusOf(rows).general(), [{ owned_by: "general" }]);
});
