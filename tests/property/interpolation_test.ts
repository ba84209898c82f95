import { ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { expandEnv } from "../../core/graph/env.ts";
import { canonicalOfOlder, canonicalText, literalText, renamedText } from "../../core/graph/interpolation.ts";
import type { Pipeline } from "../../core/graph/pipeline.ts";
import { resolveText } from "../../core/graph/resolve.ts";
import { pipelineOf } from "../support/pipeline_of.ts";

const ENV = { A: "va", B_1: "${A}$$", EMPTY: "" };

/** Texts made of what matters. */
const text = fc.array(fc.constantFrom("$", "{", "}", "${", "A", "B_1", "p", "env:", "/", " ", "x", "$$", "\n"), {
  maxLength: 12,
}).map((parts) => parts.join(""));

const BASE = pipelineOf({ version: 2, parameters: { p: "vp", A: "parameter" } });

function put(pipeline: Pipeline, canonical: string): string | undefined {
  const found = resolveText(pipeline, canonical, { env: ENV, role: "arg" });
  return found.kind === "value" && typeof found.value === "string" ? found.value : undefined;
}

Deno.test("canonicalText() of a text with its dollars doubled is that text again, once put together", () => {
  fc.assert(fc.property(text, (written) => {
    const made = canonicalText(written.replaceAll("$", "$$$$"), { isReference: true });
    ok("ok" in made);
    equal(put(BASE, made.ok), written);
    equal(put(BASE, literalText(written)), written);
  }));
});

Deno.test("canonicalText() answers any text, and what it makes is put together or refused", () => {
  fc.assert(fc.property(text, fc.boolean(), (written, isReference) => {
    const made = canonicalText(written, { isReference });
    if ("fault" in made) return;
    const found = resolveText(BASE, made.ok, { env: ENV, role: "arg" });
    ok(["value", "unknown", "unset", "loop"].includes(found.kind), found.kind);
    // Once in that form, a text stays in it, whatever its names are called.
    equal(renamedText(made.ok, (name) => name, { isReference }), made.ok);
  }));
});

Deno.test("canonicalOfOlder() means what version 1 means", () => {
  fc.assert(fc.property(text, (written) => {
    const before = expandEnv(written, ENV);
    const now = put(BASE, canonicalOfOlder(written, { isReference: false, expands: true }));
    equal(now, "ok" in before ? before.ok : undefined);
    equal(put(BASE, canonicalOfOlder(written, { isReference: false, expands: false })), written);
  }));
});
