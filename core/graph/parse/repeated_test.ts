import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { type Plain, toValue } from "../../../tests/support/pipeline_of.ts";
import { parsePipeline } from "./mod.ts";
import type { RepeatedStep } from "../pipeline.ts";
import { Float } from "../../yaml/value.ts";

const TRAIN = { name: "train", task: "t.py", inputs: { data: "$d" }, outputs: { "--out": "$m" } };

function parse(multiPass: unknown, steps: unknown = [TRAIN], more: Record<string, unknown> = {}) {
  const block = { group: "refine", multi_pass: multiPass, steps, ...more };
  return parsePipeline(toValue({ pipeline: [block] } as Plain), "/w/p.yml");
}

function found(multiPass: unknown, steps?: unknown): unknown[] {
  return parse(multiPass, steps).problems.map(({ level, code, path }) => [level, code, path?.slice(2).join("/")]);
}

function repeated(multiPass: unknown, more: Record<string, unknown> = {}): RepeatedStep {
  const { pipeline, problems } = parse(multiPass, [TRAIN], more);
  deepEqual(problems, []);
  const [step] = pipeline.steps;
  ok(step.kind === "repeated");
  return step;
}

function values(multiPass: unknown): unknown[] {
  return repeated(multiPass).iterations.map((iteration) => Object.fromEntries(iteration));
}

Deno.test("parseRepeated() makes one step of the group, with its name and its tasks", () => {
  const step = repeated({ count: 2 }, { optional: true });
  deepEqual([step.name, step.group, step.optional, step.disabled], ["refine", "refine", true, false]);
  deepEqual(step.steps.map(({ name, group, at }) => [name, group, at]), [
    ["train", "refine", ["pipeline", 0, "steps", 0]],
  ]);
  deepEqual(parse({ count: 2 }).pipeline.groups, ["refine"]);
});

Deno.test("parseIterations() makes one iteration for each entry of a schedule", () => {
  deepEqual(values({ schedule: [{ lr: new Float(0.1) }, { lr: new Float(0.01), n: 1 }, {}] }), [
    { lr: new Float(0.1) },
    { lr: new Float(0.01), n: 1 },
    {},
  ]);
});

Deno.test("parseIterations() makes one iteration when nothing is said", () => {
  deepEqual(values({}), [{}]);
  deepEqual(values({ count: 3 }), [{}, {}, {}]);
});

Deno.test("parseIterations() computes expressions from iter and the names above", () => {
  const expressions = { lr: "0.1 * 0.5 ** iter", twice: "lr * 2", fixed: 7 };
  deepEqual(values({ count: 2, expressions }), [
    { lr: new Float(0.1), twice: new Float(0.2), fixed: 7 },
    { lr: new Float(0.05), twice: new Float(0.1), fixed: 7 },
  ]);
});

Deno.test("parseIterations() refuses what cannot be meant", () => {
  const x = { x: "iter" };
  deepEqual(found({ schedule: [{}], expressions: x, count: 1 }), [
    ["error", "schedule-and-expressions", "multi_pass/expressions"],
  ]);
  deepEqual(found({ expressions: x }), [["error", "missing-key", "multi_pass/expressions"]]);
  deepEqual(found({ expressions: {}, count: 1 }), [["error", "empty-value", "multi_pass/expressions"]]);
  deepEqual(found({ expressions: [], count: 1 }), [["error", "not-a-map", "multi_pass/expressions"]]);
  for (const schedule of [[], {}, "x", 3]) {
    deepEqual(found({ schedule }), [["error", "invalid-schedule", "multi_pass/schedule"]]);
  }
  deepEqual(found({ schedule: [{}, null, 5] }), [
    ["error", "invalid-schedule", "multi_pass/schedule/1"],
    ["error", "invalid-schedule", "multi_pass/schedule/2"],
  ]);
  for (const count of [0, -1, new Float(2), "3", true, 1_000_000]) {
    deepEqual(found({ count }), [["error", "invalid-count", "multi_pass/count"]]);
  }
  deepEqual(found("often"), [["error", "not-a-map", "multi_pass"]]);
});

Deno.test("parseIterations() says when a schedule overrules a count", () => {
  deepEqual(found({ schedule: [{}, {}], count: 2 }), []);
  deepEqual(found({ schedule: [{}, {}], count: 3 }), [["warning", "no-effect", "multi_pass/count"]]);
});

Deno.test("parseIterations() refuses expressions without grammar, with unknown names and of no text", () => {
  deepEqual(found({ count: 1, expressions: { a: "1 +", b: "a + c", c: "b", d: [1], e: null } }), [
    ["error", "expression-invalid", "multi_pass/expressions/a"],
    ["error", "expression-invalid", "multi_pass/expressions/b"],
    ["error", "not-a-text", "multi_pass/expressions/d"],
    ["error", "not-a-text", "multi_pass/expressions/e"],
  ]);
});

Deno.test("parseIterations() remembers the iteration that cannot be computed, and warns", () => {
  const { pipeline, problems } = parse({ count: 4, expressions: { a: "1 / (2 - iter)" } });
  deepEqual(problems.map(({ level, code }) => [level, code]), [["warning", "expression-failed"]]);
  const [step] = pipeline.steps;
  ok(step.kind === "repeated");
  equal(step.iterations.length, 4);
  deepEqual(step.iterations.map(({ size }) => size), [1, 1, 0, 0]);
  equal(step.broken?.iteration, 2);
  match(step.broken?.reason ?? "", /^a: .*division by zero/i);
});

Deno.test("parseFeedback() takes specs apart", () => {
  const { feedback } = repeated({ count: 2, feedback: { "train.--out": "train.--resume" } });
  deepEqual(feedback, [{ source: { step: "train", flag: "--out" }, target: { step: "train", name: "--resume" } }]);
});

Deno.test("parseFeedback() finds names with dots", () => {
  const steps = [{ ...TRAIN, name: "v1.train" }];
  const { pipeline, problems } = parse({ feedback: { "v1.train.--out": "v1.train.data" } }, steps);
  deepEqual(problems, []);
  const [step] = pipeline.steps;
  deepEqual(step.kind === "repeated" && step.feedback[0].target, { step: "v1.train", name: "data" });
});

Deno.test("parseFeedback() refuses unknown steps, flags and forms", () => {
  const feedback = { "tran.--out": "train.x", "train.--ot": "train.x", train: "train.x", "train.--out": "other.x" };
  const { problems } = parse({ feedback });
  deepEqual(problems.map(({ code, hint, path }) => [code, hint, path?.at(-1)]), [
    ["invalid-feedback", "did you mean 'train'?", "tran.--out"],
    ["unknown-flag", "did you mean '--out'?", "train.--ot"],
    ["invalid-feedback", undefined, "train"],
    ["invalid-feedback", undefined, "train.--out"],
  ]);
  for (const target of ["train", 5, [], null]) {
    deepEqual(found({ feedback: { "train.--out": target } }).length, 1);
  }
});

Deno.test("parseRepeated() reads the condition that ends it", () => {
  const { until } = repeated({ condition: { script: "stop.py", inputs: { log: "$log" }, args: { tol: 1 } } });
  equal(until?.script, "stop.py");
  deepEqual([...until?.inputs ?? []], [["log", "$log"]]);
  deepEqual([...until?.args ?? []], [["tol", 1]]);
  deepEqual(found({ condition: {} }), [["error", "missing-key", "multi_pass/condition"]]);
  deepEqual(found({ condition: "stop.py" }), [["error", "not-a-map", "multi_pass/condition"]]);
});

Deno.test("parseRepeated() holds plain tasks of different names only", () => {
  const steps = [
    TRAIN,
    TRAIN,
    { name: "c", kind: "condition", predicate: "exists" },
    { ...TRAIN, name: "l", loop: { over: "a", into: "b" }, disabled: true },
  ];
  deepEqual(found({ count: 1 }, steps), [
    ["error", "duplicate-step", "steps/1/name"],
    ["error", "not-repeatable", "steps/2/kind"],
    ["error", "not-repeatable", "steps/3/loop"],
    ["warning", "no-effect", "steps/3/disabled"],
  ]);
});

Deno.test("parseRepeated() warns when there is nothing to repeat", () => {
  deepEqual(found({ count: 1 }, []), [["warning", "empty-group", "steps"]]);
});
