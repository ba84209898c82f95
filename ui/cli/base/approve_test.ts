import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import type { Problem } from "../../../core/errors.ts";
import type { Origin } from "../../../core/ports/policy.ts";
import { fakeContext } from "../../../tests/support/fake_context.ts";
import { fakeTerminal, type FakeTerminalOptions } from "../../../tests/support/fake_terminal.ts";
import { memoryFiles } from "../../../tests/support/memory_files.ts";
import { memoryStores } from "../../../tests/support/memory_store.ts";
import { authorize } from "../../../core/gate/mod.ts";
import type { Policy } from "../../../core/ports/policy.ts";
import { askerFor, gateFor, originHere } from "./approve.ts";

Deno.test("originHere() puts an agent before all, then build servers, then the terminal", () => {
  const human = { inputIsTerminal: true, errorIsTerminal: true };
  const cases: readonly (readonly [Readonly<Record<string, string>>, typeof human, Origin])[] = [
    [{}, human, "human-tty"],
    [{}, { ...human, inputIsTerminal: false }, "human-flag"],
    [{}, { ...human, errorIsTerminal: false }, "human-flag"],
    [{ CI: "true" }, human, "ci"],
    [{ CI: "1" }, { ...human, inputIsTerminal: false }, "ci"],
    [{ CI: "false" }, human, "human-tty"],
    [{ CI: "" }, human, "human-tty"],
    [{ CI: "0" }, human, "human-tty"],
    [{ LOOM_ORIGIN: "agent" }, human, "agent"],
    [{ LOOM_ORIGIN: "agent", CI: "true" }, human, "agent"],
    [{ LOOM_ORIGIN: "human-tty" }, { ...human, inputIsTerminal: false }, "human-flag"],
  ];
  for (const [env, terminal, origin] of cases) equal(originHere(env, terminal), origin, JSON.stringify(env));
});

const policy: Policy = {
  actor: "verb deploy",
  action: "deploy v2",
  tier: "irreversible",
  read: [],
  write: [],
  hosts: ["example.org"],
  programs: [],
  variables: [],
};

Deno.test("askerFor() shows the text on standard error and takes y or yes, and nothing else", async () => {
  const answers = { "y": true, " YES ": true, "": false, "n": false, "yep": false, "ja": false };
  for (const [line, expected] of Object.entries(answers)) {
    const terminal = fakeTerminal({ isHuman: true, input: [line] });
    equal(await askerFor("human-tty", terminal)?.({ text: "verb deploy: go", policy }), expected, line);
    equal(terminal.errors(), "verb deploy: go\nAllow it? [y/N] ");
    equal(terminal.output(), "");
  }
  equal(await askerFor("human-tty", fakeTerminal({ isHuman: true }))?.({ text: "", policy }), false);
});

Deno.test("askerFor() asks nobody but a person at a terminal", () => {
  for (const origin of ["human-flag", "agent", "ci"] as const) {
    equal(askerFor(origin, fakeTerminal({ isHuman: true, input: ["y"] })), undefined);
  }
});

const RULES = { "/home/ada/.loom/rules.yaml": "- { effect: allow, tool: train }\n" };

function gateIn(env: Readonly<Record<string, string>>, terminalOptions: FakeTerminalOptions, files = RULES) {
  const context = fakeContext({ env, files: memoryFiles(files) });
  const store = memoryStores().open("/w", () => {});
  const told: Problem[] = [];
  const terminal = fakeTerminal(terminalOptions);
  const parts = { terminal, context, store, onProblems: (problems: readonly Problem[]) => void told.push(...problems) };
  return { terminal, store, told, parts };
}

Deno.test("gateFor() asks a person at a terminal, and writes the answer down", async () => {
  const { terminal, store, parts } = gateIn({ HOME: "/home/ada" }, { isHuman: true, input: ["y"] });
  const leave = await authorize({ policy, arguments: {} }, await gateFor(parts));
  leave.done();
  deepEqual(store.audit.records().map(({ body }) => JSON.parse(body).event), ["decided", "granted", "done"]);
  equal(terminal.errors().split("\n")[0], "verb deploy: deploy v2");
});

Deno.test("gateFor() refuses an agent, whatever it types", async () => {
  const { parts } = gateIn({ HOME: "/home/ada", LOOM_ORIGIN: "agent" }, { isHuman: true, input: ["y"] });
  await rejects(authorize({ policy, arguments: {} }, await gateFor({ ...parts, yes: true })), { code: "refused" });
});

Deno.test("gateFor() reads the rules of the person and of the project, and tells what is odd", async () => {
  const files = { ...RULES, "/w/.loom/rules.yaml": "- { effect: allow, tool: deploy }\n" };
  const { parts, told } = gateIn({ HOME: "/home/ada", CI: "1" }, {}, files);
  const gate = await gateFor(parts);
  deepEqual(gate.rules.map(({ tool }) => tool), ["train"]);
  deepEqual(told.map(({ code, file }) => [code, file]), [["rule-without-effect", "/w/.loom/rules.yaml"]]);
  await authorize(
    { policy: { ...policy, tier: "expensive", hosts: [] }, arguments: {}, touched: { tool: "train" } },
    gate,
  );
  const moved = gateIn({ HOME: "/home/ada", LOOM_HOME: "/elsewhere" }, {});
  deepEqual((await gateFor(moved.parts)).rules, []);
});
