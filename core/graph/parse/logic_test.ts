import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { type Plain, toValue } from "../../../tests/support/pipeline_of.ts";
import { parsePipeline } from "./mod.ts";
import type { ConditionStep } from "../pipeline.ts";
import { Float } from "../../yaml/value.ts";

function parse(...pipeline: Plain[]) {
  return parsePipeline(toValue({ pipeline }), "/w/p.yml");
}

function found(more: Record<string, unknown>): unknown[] {
  const step = { name: "a", ...more } as Plain;
  return parse(step).problems.map(({ level, code, path }) => [level, code, path?.slice(2).join("/")]);
}

function condition(more: Record<string, unknown>): ConditionStep {
  const { pipeline, problems } = parse({ name: "a", kind: "condition", ...more } as Plain);
  deepEqual(problems, []);
  const [step] = pipeline.steps;
  ok(step.kind === "condition");
  return step;
}

Deno.test("parseCondition() reads a count with its args", () => {
  const args = { pattern: "*.png", op: ">=", n: 5 };
  const step = condition({ predicate: "count", inputs: { data: "$imgs" }, args, negate: true, optional: true });
  equal(step.predicate, "count");
  equal(step.script, undefined);
  deepEqual([...step.inputs], [["data", "$imgs"]]);
  deepEqual(Object.fromEntries(step.args), args);
  deepEqual([step.negate, step.optional], [true, true]);
});

Deno.test("parseCondition() needs exactly one of predicate and script", () => {
  equal(condition({ script: "ask.py", args: { n: "x" } }).script, "ask.py");
  equal(condition({ script: "ask.py", predicate: "" }).script, "ask.py");
  deepEqual(found({ kind: "condition" }), [["error", "missing-key", ""]]);
  deepEqual(found({ kind: "condition", predicate: "exists", script: "ask.py" }), [
    ["error", "predicate-and-script", "script"],
  ]);
});

Deno.test("parseCondition() offers the nearest predicate", () => {
  const { problems } = parse(
    { name: "a", kind: "condition", predicate: "exsts" },
    { name: "b", kind: "condition", predicate: "toString" },
  );
  deepEqual(problems.map(({ code, hint }) => [code, hint]), [
    ["unknown-predicate", "did you mean 'exists'?"],
    ["unknown-predicate", "known are exists, is_file, is_dir, non_empty, count, param"],
  ]);
});

Deno.test("parseCondition() checks the operator and the number of a count", () => {
  const kind = { kind: "condition", predicate: "count" };
  deepEqual(found({ ...kind, args: { op: "=>", n: "many", pattern: ["*"], nn: 1 } }), [
    ["warning", "no-effect", "args/nn"],
    ["error", "not-a-number", "args/n"],
    ["error", "unknown-operator", "args/op"],
    ["error", "not-a-text", "args/pattern"],
  ]);
  for (const op of ["==", "=", "!=", ">", "<", ">=", "<=", "$op"]) deepEqual(found({ ...kind, args: { op } }), []);
  deepEqual(found({ ...kind, args: { n: "$least", op: null } }), []);
});

Deno.test("parseCondition() takes a quoted number for a number and null for the default", () => {
  const predicate = "count";
  equal(condition({ predicate, args: { n: " 5 " } }).args.get("n"), 5);
  deepEqual(condition({ predicate, args: { n: "2.5" } }).args.get("n"), new Float(2.5));
  equal(condition({ predicate, args: { n: null } }).args.has("n"), false);
});

Deno.test("parseCondition() keeps an unconnected input, which must fail when it is asked", () => {
  equal(condition({ predicate: "exists", inputs: { data: null } }).inputs.get("data"), "");
});

Deno.test("parseSwitch() needs a condition and adds its dollar", () => {
  const { pipeline, problems } = parse(
    { name: "r", kind: "switch", condition: "$enough", data: "$payload", inputs: {} },
    { name: "s", kind: "switch", condition: "enough" },
  );
  deepEqual(problems, []);
  deepEqual(pipeline.steps.map((step) => step.kind === "switch" && [step.condition, step.data]), [
    ["$enough", "$payload"],
    ["$enough", undefined],
  ]);
  deepEqual(found({ kind: "switch" }), [["error", "missing-key", ""]]);
  deepEqual(found({ kind: "switch", condition: [] }), [["error", "not-a-text", "condition"]]);
});
