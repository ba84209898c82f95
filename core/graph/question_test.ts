import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import { pipelineOf } from "../../tests/support/pipeline_of.ts";
import type { ConditionStep, SwitchStep } from "./pipeline.ts";
import { isTrue, resolveDecider, resolveQuestion } from "./question.ts";
import { Float } from "../yaml/value.ts";

const PIPELINE = pipelineOf({
  data: { imgs: "imgs" },
  parameters: { n: 5, flag: "false" },
  pipeline: [
    {
      name: "many",
      kind: "condition",
      predicate: "count",
      inputs: { data: "$imgs", other: "${X}/y", p: "$n" },
      args: { n: "$n", pattern: "*.png", at: "$imgs" },
    },
    { name: "word", kind: "condition", predicate: "param", inputs: { data: "off" } },
    { name: "bad", kind: "condition", predicate: "exists", inputs: { data: "$no" } },
    { name: "by_many", kind: "switch", condition: "$many", data: "$imgs" },
    { name: "by_flag", kind: "switch", condition: "$flag", data: "$imgs" },
  ],
});

const question = (index: number) =>
  resolveQuestion(PIPELINE, PIPELINE.steps[index] as ConditionStep, { env: { X: "x" } });

Deno.test("resolveQuestion() gives files absolute and parameters as they are", () => {
  const { inputs, args } = question(0);
  deepEqual(Object.fromEntries(inputs), {
    data: { kind: "path", path: "/w/imgs", key: "imgs" },
    other: { kind: "path", path: "/w/x/y" },
    p: { kind: "value", value: 5, parameter: "n" },
  });
  deepEqual(Object.fromEntries(args), { n: 5, pattern: "*.png", at: "/w/imgs" });
});

Deno.test("resolveQuestion() takes a text for param as a value", () => {
  deepEqual(question(1).inputs.get("data"), { kind: "value", value: "off" });
});

Deno.test("resolveQuestion() names step and place of what is unknown", () => {
  throws(() => question(2), /Unknown reference '\$no', used by input 'data' of step 'bad'/);
});

Deno.test("resolveDecider() tells conditions from values", () => {
  deepEqual(resolveDecider(PIPELINE, PIPELINE.steps[3] as SwitchStep, {}), { kind: "condition", name: "many" });
  deepEqual(resolveDecider(PIPELINE, PIPELINE.steps[4] as SwitchStep, {}), { kind: "value", value: "false" });
});

Deno.test("isTrue() takes words for no, zero and nothing for no", () => {
  for (const value of ["", " No ", "0", "FALSE", "off", "none", "null", 0, 0n, new Float(0), false, null, []]) {
    equal(isTrue(value), false, String(value));
  }
  for (const value of ["x", "2", 1, -1, 5n, new Float(0.1), new Float(NaN), true, ["a"]]) equal(isTrue(value), true);
});
