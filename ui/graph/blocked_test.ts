import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { readPipelineText } from "../../core/graph/text/mod.ts";
import { blockedBy, runnableName } from "./blocked.ts";
import { canvasOf } from "./canvas.ts";
import type { RunView } from "./run_view.ts";

const TEXT = `data: {a: a.txt, b: b.txt}
pipeline:
  - {name: first, task: x.py, outputs: {--out: $a}}
  - {name: second, task: x.py, inputs: {from: $a}, outputs: {--out: $b}}
  - {name: third, task: x.py, outputs: {--out: $b}, group: late}
  - {name: idle, task: x.py, disabled: true}
  - {name: open, task: x.py, inputs: {from: null}}
  - {group: again, multi_pass: {count: 2}, steps: [{name: inner, task: x.py}]}
`;

const { pipeline, value } = await readPipelineText(TEXT, "/p.yml");
const facts = { pipeline, canvas: canvasOf(pipeline, { value }) };

function running(...names: string[]): RunView {
  const steps = new Map(names.map((name) => [name, { standing: "running" as const }]));
  return { id: "r", name: "p", status: "running", total: 3, steps, criticalPath: [], startedAt: 0, seq: 1 };
}

Deno.test("blockedBy() says why a step cannot be run", () => {
  equal(blockedBy("second", facts), undefined);
  equal(blockedBy("idle", facts), "It is disabled");
  equal(blockedBy("open", facts), "Input from leads nowhere");
  equal(blockedBy("gone", facts), "There is no such step any more");
});

Deno.test("blockedBy() lets a step run that has some of the inputs which its script declares", () => {
  const port = new Map([["from", undefined], ["more", undefined]]);
  const declared = { inputs: port, outputs: new Map(), args: new Map() };
  const canvas = canvasOf(pipeline, { value, taskOf: () => declared });
  equal(blockedBy("second", { pipeline, canvas }), undefined);
  equal(blockedBy("first", { pipeline, canvas }), "Input from leads nowhere");
});

Deno.test("blockedBy() looks at what is running", () => {
  const of = (name: string, ...names: string[]) => blockedBy(name, { ...facts, run: running(...names) });
  equal(of("second", "second"), "It is running");
  equal(of("second", "first"), "first, which it needs, is running");
  equal(of("first", "second"), "second, which needs it, is running");
  equal(of("third", "second"), "second, which is running, writes b too");
  equal(of("third", "first"), undefined);
});

Deno.test("runnableName() of an inner step is its group", () => {
  deepEqual(["inner", "first"].map((name) => runnableName(pipeline, name)), ["again", "first"]);
});
