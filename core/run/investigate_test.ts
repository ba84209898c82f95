import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import { fakeContext } from "../../tests/support/fake_context.ts";
import { memoryFiles } from "../../tests/support/memory_files.ts";
import { pipelineOf } from "../../tests/support/pipeline_of.ts";
import { investigateGroup, investigateStep } from "./investigate.ts";

const SCRIPT = `"""Fit a line.

---
inputs:
  points: {type: csv, description: Where to fit}
outputs:
  -o: The line
args:
  --rate: {type: float, default: 0.5}
---
"""
`;

const pipeline = pipelineOf({
  data: { points: "points.csv", line: "line.json", flag: "flag" },
  pipeline: [
    {
      group: "fit",
      steps: [
        { name: "draw", task: "tasks/draw.py", outputs: { "-o": "$points" } },
        { name: "fit", task: "tasks/fit.py", inputs: { points: "$points", flag: "$flag" }, outputs: { "-o": "$line" } },
      ],
    },
    { name: "mark", task: "tasks/gone.py", outputs: { "-o": "$flag" } },
    { name: "enough", kind: "condition", predicate: "count", negate: true, inputs: { data: "$line" }, args: { n: 2 } },
    { name: "route", kind: "switch", condition: "$enough", data: "$line" },
    {
      group: "refine",
      multi_pass: { count: 2 },
      steps: [
        { name: "train", task: "t.py", inputs: { line: "$line" }, outputs: { "-o": "model" } },
        { name: "score", task: "s.py", inputs: { model: "model" } },
      ],
    },
  ],
});
const context = fakeContext({ files: memoryFiles({ "/w/tasks/fit.py": SCRIPT }) });

Deno.test("investigateStep() gives what a task's script declares", () => {
  const facts = investigateStep(pipeline, "fit", context);
  if (facts.kind !== "task") throw new TypeError(facts.kind);
  deepEqual([facts.task, facts.script, facts.schema.description], ["tasks/fit.py", "/w/tasks/fit.py", "Fit a line."]);
  deepEqual([...facts.schema.inputs.keys(), ...facts.schema.outputs.keys(), ...facts.schema.args.keys()], [
    "points",
    "-o",
    "--rate",
  ]);
});

Deno.test("investigateStep() gives what is written for conditions and switches", () => {
  deepEqual(investigateStep(pipeline, "enough", context), {
    kind: "condition",
    name: "enough",
    source: "count",
    negate: true,
    inputs: [{ name: "data", text: "$line" }],
    args: [{ name: "n", text: "2" }],
  });
  deepEqual(investigateStep(pipeline, "route", context), {
    kind: "switch",
    name: "route",
    condition: "$enough",
    data: "$line",
  });
});

Deno.test("investigateStep() says which name or script is not there", () => {
  throws(() => investigateStep(pipeline, "fot", context), { code: "unknown-step", hint: "did you mean 'fit'?" });
  throws(() => investigateStep(pipeline, "train", context), { code: "unknown-step", hint: /'refine'/ });
  throws(() => investigateStep(pipeline, "mark", context), {
    code: "script-not-found",
    message: "Script not found: /w/tasks/gone.py",
  });
});

Deno.test("investigateGroup() tells dependencies in the group from those outside", () => {
  const { name, members, iterations } = investigateGroup(pipeline, "fit", context);
  deepEqual([name, iterations], ["fit", undefined]);
  deepEqual(members.map((row) => [row.number, row.name, row.inGroup, row.external]), [
    [1, "draw", [], []],
    [2, "fit", ["draw"], ["mark"]],
  ]);
});

Deno.test("investigateGroup() looks into repeated groups", () => {
  const { members, iterations } = investigateGroup(pipeline, "refine", context);
  equal(iterations, 2);
  deepEqual(members.map((row) => [row.name, row.inGroup, row.external]), [
    ["train", [], ["fit"]],
    ["score", ["train"], []],
  ]);
  equal(investigateStep(pipeline, "refine", context).kind, "repeated");
});

Deno.test("investigateGroup() does not know every name", () => {
  throws(() => investigateGroup(pipeline, "fitt", context), { code: "unknown-group", hint: "did you mean 'fit'?" });
});
