import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import * as fc from "fast-check";
import { checkPipeline } from "../../core/check/mod.ts";
import { isLoomError, type Problem } from "../../core/errors.ts";
import { STEP_KEYS } from "../../core/graph/parse/keys.ts";
import { loadPipeline } from "../../core/run/session/load.ts";
import { fakeContext } from "../support/fake_context.ts";
import { memoryFiles } from "../support/memory_files.ts";

const FILE = "/w/pipeline.yml";
const SCRIPT = `"""A task.

---
inputs: {a: {type: csv}, b: {type: image}}
outputs: {-o: {type: json}}
args: {--n: {type: int, required: true}, --m: {choices: [x, y]}}
---
"""
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("a")
parser.add_argument("--n", type=int, nargs="+")
parser.add_argument("-o", required=True)
parser.parse_args()
`;
const WORDS = [
  ...[
    "",
    "a",
    "$a",
    "$b",
    "$p.then",
    "$loop_item",
    "${X}",
    "t.py",
    "none.py",
    "../x",
    "/abs",
    "out/{n}.csv",
    "$",
    "$$",
  ],
  ...["count", "exists", "task", "condition", "switch", "1..5", "a > 1", "p", "csv", "image", "--n", "http://x/y.csv"],
];
const KEYS = [
  ...["data", "parameters", "pipeline", "execution", "variables", "version", "output_dir", "matrix", "metrics"],
  ...new Set(Object.values(STEP_KEYS).flatMap((keys) => [...keys])),
  ...[
    "path",
    "type",
    "nested_in",
    "over",
    "into",
    "schedule",
    "count",
    "zip",
    "include",
    "a",
    "b",
    "p",
    "--n",
    "-o",
    "--m",
  ],
];

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const scalar: fc.Arbitrary<Json> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...WORDS) },
  fc.constantFrom<Json>(null, true, false, 0, 1, 2.5, -1, 1e30),
);
const { tree } = fc.letrec<{ tree: Json; map: Json; list: Json }>((tie) => ({
  tree: fc.oneof({ maxDepth: 4, withCrossShrink: true }, { weight: 3, arbitrary: scalar }, tie("map"), tie("list")),
  list: fc.array(tie("tree"), { maxLength: 3 }),
  map: fc.dictionary(fc.constantFrom(...KEYS), tie("tree"), { maxKeys: 5 }),
}));

function mapOf(keys: readonly string[], value: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc.record(Object.fromEntries(keys.map((key) => [key, value])), { requiredKeys: [] }) as fc.Arbitrary<Json>;
}

const text = fc.constantFrom(...WORDS);
const step = fc.record({
  name: fc.constantFrom("p", "q", "r", "s"),
  task: fc.constantFrom("t.py", "t.py", "none.py", "${X}.py"),
  inputs: fc.dictionary(fc.constantFrom("a", "b", "c"), text, { maxKeys: 3 }),
  outputs: fc.dictionary(fc.constantFrom("-o", "--out"), text, { maxKeys: 2 }),
  args: fc.dictionary(fc.constantFrom("--n", "--m", "--nn", "flag"), fc.oneof(scalar, tree), { maxKeys: 3 }),
  loop: fc.record({ over: text, into: text }),
  optional: fc.boolean(),
  when: text,
}, { requiredKeys: ["name", "task"] }) as fc.Arbitrary<Json>;
const group = fc.record({
  group: fc.constantFrom("g", "p"),
  multi_pass: fc.record({ schedule: fc.array(mapOf(["a", "n"], scalar), { minLength: 1, maxLength: 3 }) }),
  steps: fc.array(step, { maxLength: 2 }),
}) as fc.Arbitrary<Json>;
const logic = mapOf(["name", "kind", "predicate", "script", "inputs", "condition", "data"], text);
const file = fc.oneof(
  { weight: 1, arbitrary: tree },
  {
    weight: 3,
    arbitrary: fc.record({
      data: mapOf(["a", "b", "p"], fc.oneof(text, mapOf(["path", "type", "nested_in"], text))),
      parameters: mapOf(["a", "n", "p"], tree),
      matrix: mapOf(["n", "m", "zip", "include"], tree),
      pipeline: fc.array(fc.oneof({ weight: 4, arbitrary: step }, group, logic, tree), { maxLength: 5 }),
      metrics: fc.array(text, { maxLength: 2 }),
      version: fc.constantFrom(1, 2),
    }, { requiredKeys: [] }) as fc.Arbitrary<Json>,
  },
);

Deno.test("checkPipeline() never throws, tells everything in order, and all that a run would refuse", async () => {
  await fc.assert(
    fc.asyncProperty(file, async (document) => {
      const yaml = JSON.stringify(document, null, 1);
      const files = memoryFiles({ [FILE]: yaml, "/w/t.py": SCRIPT, "/w/a": "1\n" });
      const context = fakeContext({ files });
      const { problems } = await checkPipeline(yaml, FILE, context);
      ok(problems.every(({ file, line = 1, column = 1 }) => file !== undefined && line >= 1 && column >= 1));
      const own = problems.filter((problem) => problem.file === FILE);
      deepEqual(own.map(place), own.map(place).toSorted((a, b) => a - b));
      const told = new Set(problems.map(key));
      for (const problem of await refused(context)) ok(told.has(key(problem)), `${key(problem)} of ${yaml}`);
    }),
    { numRuns: 300 },
  );
});

function place({ line = 0, column = 0 }: Problem): number {
  return line * 10_000 + column;
}

function key({ code, line, column, message }: Problem): string {
  return `${code} ${line}:${column} ${message}`;
}

async function refused(context: Parameters<typeof loadPipeline>[1]): Promise<readonly Problem[]> {
  try {
    return (await loadPipeline(FILE, context, { parameters: new Map(), data: new Map() })).warnings;
  } catch (error) {
    if (!isLoomError(error)) throw error;
    return error.problems;
  }
}
