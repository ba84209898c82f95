import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { applyOverrides } from "../../core/graph/parse/override.ts";
import { parsePipeline } from "../../core/graph/parse/mod.ts";
import { STEP_KEYS } from "../../core/graph/parse/keys.ts";
import type { Pipeline } from "../../core/graph/pipeline.ts";
import type { Problem } from "../../core/errors.ts";
import { Bytes, Float, pyStr, Timestamp, type Value } from "../../core/yaml/value.ts";
import { toValue } from "../support/pipeline_of.ts";

const FILE = "/w/pipeline.yml";
const KEYS = [
  ...new Set(Object.values(STEP_KEYS).flatMap((keys) => [...keys])),
  ...["data", "parameters", "pipeline", "execution", "variables", "version", "output_dir", "matrix", "include"],
  ...["path", "nested_in", "over", "into", "attempts", "delay", "schedule", "count", "expressions", "feedback"],
  ...["max_workers", "op", "n", "a", "b", "a.b", "--out"],
];
const WORDS = [
  "",
  "a",
  "b",
  "$a",
  "$b",
  "a.--out",
  "count",
  "task",
  "condition",
  "switch",
  "10m",
  "iter",
  "a +",
  "${X}",
];

const scalar: fc.Arbitrary<Value> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...WORDS) },
  fc.string(),
  fc.constantFrom<Value>(null, true, false, 0, 1, 2, 3, -1, 10n ** 20n),
  fc.double().map((number) => new Float(number)),
  fc.constant(new Timestamp("2024-01-02", "datetime.date(2024, 1, 2)")),
  fc.constant(new Bytes(new Uint8Array([1, 255]))),
);

/** Trees of any shape, most of their keys words of the format. */
const { tree } = fc.letrec<{ tree: Value; map: Value; list: Value }>((tie) => ({
  tree: fc.oneof({ depthSize: "medium", withCrossShrink: true }, scalar, tie("map"), tie("list")),
  list: fc.array(tie("tree"), { maxLength: 4 }),
  map: fc.array(fc.tuple(fc.oneof({ weight: 9, arbitrary: fc.constantFrom<Value>(...KEYS) }, scalar), tie("tree")), {
    maxLength: 6,
  }).map((entries) => new Map(entries)),
}));

function mapOf(keys: Iterable<string>, value: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  const fields = Object.fromEntries([...keys].map((key) => [key, value]));
  return fc.record(fields, { requiredKeys: [] }).map((record) => new Map(Object.entries(record)) as Value);
}

/** Files that look right from afar: lists of steps and groups whose settings are anything. */
const step = fc.oneof(mapOf(STEP_KEYS.task, tree), mapOf(STEP_KEYS.condition, tree), mapOf(STEP_KEYS.switch, tree));
const multiPass = mapOf(["schedule", "count", "expressions", "feedback", "condition"], tree);
const block = fc.tuple(scalar, fc.array(step, { maxLength: 3 }), fc.option(multiPass)).map(([group, steps, repeat]) =>
  new Map<Value, Value>([["group", group], ["steps", steps], ["multi_pass", repeat]])
);
const file = fc.tuple(
  mapOf(["data", "variables", "parameters", "execution", "version"], tree),
  fc.array(fc.oneof(step, block), { maxLength: 5 }),
).map(([top, pipeline]) => new Map<Value, Value>([...(top as ReadonlyMap<Value, Value>), ["pipeline", pipeline]]));

Deno.test("parsePipeline() never throws, whatever the values are", () => {
  fc.assert(fc.property(fc.oneof(tree, file), (root) => checkSound(root)), { numRuns: 3_000 });
});

function checkSound(root: Value): void {
  const { pipeline, problems } = parsePipeline(root, FILE);
  for (const problem of problems) checkProblem(problem, root);
  checkPipeline(pipeline);
  applyOverrides(pipeline, { parameters: new Map([["a", 1]]), data: new Map([["b", "x"]]) });
}

function checkProblem(problem: Problem, root: Value): void {
  ok(/^[A-Z].*[^.]$/su.test(problem.message), problem.message);
  ok(problem.message.length < 1_000);
  ok(!/undefined|NaN|\[object/.test(problem.message.replaceAll(/'[^]*'/gu, "")) || /nan/i.test(problem.message));
  let here: Value | undefined = root;
  for (const key of problem.path ?? []) {
    here = childOf(here, key);
    ok(here !== undefined, `${problem.code} points at nothing: ${problem.path?.join("/")}`);
  }
}

function childOf(value: Value | undefined, key: string | number): Value | undefined {
  if (Array.isArray(value)) return value[Number(key)];
  if (!(value instanceof Map)) return undefined;
  if (value.has(key)) return value.get(key);
  return [...value].find(([own]) => pyStr(own) === key)?.[1];
}

function checkPipeline({ steps, groups, data }: Pipeline): void {
  const names = steps.map(({ name }) => name);
  deepEqual(names.length, new Set(names).size);
  for (const { group } of steps) ok(group === undefined || groups.includes(group));
  for (const step of steps) if (step.kind === "repeated") ok(step.iterations.length >= 1);
  for (const entry of data.values()) checkChainEnds(entry.nestedIn, data);
}

function checkChainEnds(first: string | undefined, data: Pipeline["data"]): void {
  let left = data.size;
  for (let key = first; key !== undefined; key = data.get(key)?.nestedIn) ok(left-- > 0 && data.has(key));
}

Deno.test("parsePipeline() gives back what a sound file says, without a word", () => {
  const name = fc.string({ minLength: 1, maxLength: 12 });
  const texts = fc.dictionary(name, fc.string(), { maxKeys: 4, noNullPrototype: true });
  const task = fc.record({ task: name, inputs: texts, outputs: texts, args: texts, optional: fc.boolean() });
  const tasks = fc.dictionary(name, task, { maxKeys: 6, noNullPrototype: true });
  fc.assert(fc.property(tasks, (byName) => {
    const written = Object.entries(byName).map(([name, rest]) => ({ name, ...rest }));
    const { pipeline, problems } = parsePipeline(toValue({ pipeline: written }), FILE);
    deepEqual(problems, []);
    deepEqual(
      pipeline.steps.map((step) =>
        step.kind === "task" && {
          name: step.name,
          task: step.task,
          inputs: Object.fromEntries(step.inputs),
          outputs: Object.fromEntries(step.outputs),
          args: Object.fromEntries(step.args),
          optional: step.optional,
        }
      ),
      written,
    );
  }));
});

Deno.test("parsePipeline() is not slower than linear in shared values", () => {
  let bomb: Value = ["${X"];
  for (let level = 0; level < 60; level++) bomb = [bomb, bomb];
  const { problems } = parsePipeline(
    new Map<Value, Value>([["version", 2], ["parameters", new Map([["x", bomb]])]]),
    FILE,
  );
  deepEqual(problems.length, 1);
});
