import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { endings, fakeProject, ofType } from "../../../tests/support/fake_project.ts";

const fails = (name: string) => ({
  script: ({ argv }: { readonly argv: readonly string[] }) => ({ exitCode: argv[1].endsWith(`${name}.py`) ? 1 : 0 }),
});

const CHAIN = `
data: {x: out/x, y: out/y, z: out/z}
parameters: {n: 1, word: text}
pipeline:
  - {name: a, task: a.py, outputs: {--out: $x}}
  - {name: b, task: b.py, inputs: {i: $x}, outputs: {--out: $y}}
  - {name: c, task: c.py, inputs: {i: $y}, outputs: {--out: $z}}
  - {name: alone, task: alone.py}
`;

Deno.test("skipCause() skips what depends on a failure, directly or not, and nothing else", async () => {
  const { events, status, succeeded, skipped } = await fakeProject(CHAIN, fails("a")).run();
  deepEqual(endings(events), { a: "failed: 1", b: "skipped: failed", c: "skipped: failed", alone: "done" });
  deepEqual([status, succeeded, skipped], ["failed", 1, 2]);
  deepEqual(ofType(events, "step_skipped")[1].reason, { cause: "failed", dependencies: ["b"] });
});

Deno.test("--fail-fast starts nothing after the first failure", async () => {
  const { events } = await fakeProject(CHAIN, fails("a")).run({ failFast: true });
  deepEqual(endings(events), {
    a: "failed: 1",
    b: "skipped: cancelled",
    c: "skipped: cancelled",
    alone: "skipped: cancelled",
  });
});

Deno.test("skipCause() skips a step whose when is false, and what depends on it, without failing", async () => {
  const it = fakeProject(CHAIN.replace("b.py,", "b.py, when: 'n > 1',"));
  const { events, status } = await it.run();
  deepEqual(endings(events), { a: "done", b: "skipped: when", c: "skipped: skipped", alone: "done" });
  deepEqual(ofType(events, "step_skipped")[1].reason, { cause: "skipped", dependency: "b" });
  equal(status, "done");
});

Deno.test("a when that compares what cannot be compared fails its step, not the run", async () => {
  const { events, status } = await fakeProject(CHAIN.replace("b.py,", "b.py, when: 'word > 1',")).run();
  equal(status, "failed");
  deepEqual([endings(events).a, endings(events).c, endings(events).alone], ["done", "skipped: failed", "done"]);
});

Deno.test("after a failure that is allowed dependents run if the outputs are there, else are skipped", async () => {
  const yaml = CHAIN.replace("a.py,", "a.py, continue_on_error: true,");
  const without = await fakeProject(yaml, fails("a")).run();
  deepEqual([without.status, endings(without.events).b], ["done", "skipped: skipped"]);
  const made = await fakeProject(yaml, { ...fails("a"), files: { "out/x": "made" } }).run();
  deepEqual([made.status, endings(made.events).b], ["done", "done"]);
  equal(ofType(made.events, "step_finished")[0].tolerated, true);
});

const SWITCH = `
parameters: {always: true}
data: {x: x.csv, t: out/t, e: out/e, u: out/u}
pipeline:
  - {name: q, kind: condition, predicate: exists, inputs: {data: $x}}
  - {name: r, kind: switch, condition: $q, data: $x}
  - {name: go, task: go.py, inputs: {i: $r.then}, outputs: {--out: $t}}
  - {name: stay, task: stay.py, args: {--i: $r.else}, outputs: {--out: $e}}
  - {name: after, task: after.py, inputs: {i: $e}, outputs: {--out: $u}}
  - {name: r2, kind: switch, condition: $always, data: $r.else}
  - {name: deep, task: deep.py, inputs: {i: $r2.then}}
`;

Deno.test("skipCause() skips the branch that was not taken, with all that hangs on it", async () => {
  const { events, status } = await fakeProject(SWITCH, { files: { "x.csv": "x" } }).run();
  deepEqual(endings(events), {
    q: "done",
    r: "done",
    go: "done",
    stay: "skipped: condition",
    after: "skipped: skipped",
    r2: "skipped: condition",
    deep: "skipped: skipped",
  });
  equal(status, "done");
  const taken = await fakeProject(SWITCH).run();
  deepEqual([endings(taken.events).go, endings(taken.events).stay], ["skipped: condition", "done"]);
});

Deno.test("a switch asks a condition itself that is not among the chosen steps, also one with a script", async () => {
  const selection = { mode: "steps", names: ["r", "stay"] } as const;
  const { events } = await fakeProject(SWITCH).run({ selection });
  deepEqual(endings(events), { r: "done", stay: "done" });
  const yaml = SWITCH.replace("predicate: exists, inputs: {data: $x}", "script: q.py, inputs: {data: $x}");
  const it = fakeProject(yaml, {
    script: ({ argv, onOutput }) => {
      if (argv[1] === "-c") onOutput?.("stdout", `hello\n${argv[4]}true\n`);
      return undefined;
    },
  });
  const asked = await it.run({ selection: { mode: "steps", names: ["r"] } });
  equal(ofType(asked.events, "step_finished")[0].result, "then");
});

Deno.test("a condition whose script fails or says nothing fails, with the reason", async () => {
  const yaml = SWITCH.replace("predicate: exists, inputs: {data: $x}", "script: q.py, inputs: {data: $x}");
  const broken = fakeProject(yaml, { script: () => ({ exitCode: 1 }) });
  equal(endings((await broken.run()).events).q, "failed: condition script ended with exit code 1");
  const silent = fakeProject(yaml, { script: () => undefined });
  equal(endings((await silent.run()).events).q, "failed: condition script ended without an answer");
});
