import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { pipelineOf } from "../../tests/support/pipeline_of.ts";
import { listSteps } from "./describe.ts";

Deno.test("listSteps() numbers the steps of plain pipelines, with task and tags", () => {
  const rows = listSteps(pipelineOf({
    pipeline: [
      { name: "a", task: "tasks/a.py" },
      { name: "b", task: "tasks/b.py", optional: true, disabled: true },
    ],
  }));
  deepEqual(rows.map(({ number, name, what, tags, group }) => [number, name, what, tags, group]), [
    [1, "a", "tasks/a.py", [], undefined],
    [2, "b", "tasks/b.py", ["[optional]", "[disabled]"], undefined],
  ]);
});

Deno.test("listSteps() says what conditions and switches are", () => {
  const rows = listSteps(pipelineOf({
    parameters: { fast: true },
    pipeline: [
      { name: "enough", kind: "condition", predicate: "count", inputs: { data: "in" } },
      { name: "mine", kind: "condition", script: "ask.py" },
      { name: "route", kind: "switch", condition: "$enough" },
    ],
  }));
  deepEqual(rows.map(({ what }) => what), ["[condition: count]", "[condition: ask.py]", "[switch: $enough]"]);
});

Deno.test("listSteps() names the group of a step, and what a repeated group holds", () => {
  const inner = [{ name: "train", task: "t.py" }, { name: "score", task: "s.py" }];
  const rows = listSteps(pipelineOf({
    pipeline: [
      { group: "prepare", steps: [{ name: "a", task: "a.py" }] },
      { group: "refine", multi_pass: { count: 3 }, steps: inner },
    ],
  }));
  deepEqual(rows.map(({ group, what }) => [group, what]), [
    ["prepare", "a.py"],
    ["refine", "[multi_pass: 3 iterations]"],
  ]);
  deepEqual(rows[1].inner, [{ name: "train", what: "t.py" }, { name: "score", what: "s.py" }]);
});
