import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import { type Plain, toValue } from "../../../tests/support/pipeline_of.ts";
import { Float } from "../../yaml/value.ts";
import { combinationCount } from "./matrix_check.ts";
import { parsePipeline } from "./mod.ts";

const STEP = { name: "a", task: "a.py" };

function parse(matrix: Plain, rest: { readonly [key: string]: Plain } = {}) {
  const { pipeline, problems } = parsePipeline(toValue({ pipeline: [STEP], ...rest, matrix }), "/w/p.yml");
  return { pipeline, matrix: pipeline.matrix!, problems };
}

function found(matrix: Plain, rest: { readonly [key: string]: Plain } = {}): unknown[] {
  return parse(matrix, rest).problems.map(({ code, path }) => [code, path?.join("/")]);
}

Deno.test("parseMatrix() reads a grid, and makes its keys parameters", () => {
  const { matrix, pipeline, problems } = parse(
    { lr: [new Float(0.1), new Float(0.01)], seed: "1..3" },
    { parameters: { lr: 5 } },
  );
  deepEqual(problems, []);
  deepEqual([...matrix.grid], [["lr", [new Float(0.1), new Float(0.01)]], ["seed", [1, 2, 3]]]);
  deepEqual([...pipeline.parameters], [["lr", 5], ["seed", 1]]);
  equal(combinationCount(matrix), 6n);
});

Deno.test("parseMatrix() completes extra points by the parameters", () => {
  const { matrix, problems } = parse({ lr: [1], include: [{ lr: 9 }, { wd: 3, lr: 2 }] }, {
    parameters: { lr: 5, wd: 0 },
  });
  deepEqual(problems, []);
  deepEqual(matrix.include.map((point) => Object.fromEntries(point)), [{ lr: 9, wd: 0 }, { lr: 2, wd: 3 }]);
});

Deno.test("parseMatrix() reads random and stop", () => {
  const { matrix, problems } = parse({
    lr: [1],
    random: { n: 2, seed: 7 },
    stop: { metric: "acc", mode: "max", rule: "worse_than", threshold: new Float(0.5) },
  });
  deepEqual(problems, []);
  deepEqual(matrix.random, { n: 2, seed: 7 });
  deepEqual(matrix.stop, { metric: "acc", mode: "max", rule: "worse_than", threshold: 0.5, warmup: 0 });
  deepEqual(parse({ lr: [1], stop: { metric: "loss", mode: "min" } }).matrix.stop, {
    ...{ metric: "loss", mode: "min", rule: "median", warmup: 3 },
  });
  deepEqual(parse({ lr: [1], random: 5 }).matrix.random, { n: 5, seed: 0 });
});

Deno.test("parseMatrix() merges the matrices of steps, and remembers whose they are", () => {
  const steps: Plain = [{ ...STEP, matrix: { k: "1..3" } }, { name: "b", task: "b.py", matrix: { j: [1] } }];
  const { matrix, problems } = parse({ lr: [1, 2] }, { pipeline: steps });
  deepEqual(problems, []);
  deepEqual([...matrix.grid.keys()], ["lr", "k", "j"]);
  deepEqual([...matrix.owners!], [["k", "a"], ["j", "b"]]);
});

Deno.test("parseMatrix() tells everything that is wrong at once, each at its place", () => {
  deepEqual(found({ lr: [], m: {}, zip: 5, include: [1], exclude: "x", random: [1], seed: "1..5:-1" }), [
    ["matrix-values", "matrix/lr"],
    ["matrix-values", "matrix/m"],
    ["matrix-word", "matrix/zip"],
    ["matrix-word", "matrix/include"],
    ["matrix-word", "matrix/exclude"],
    ["matrix-word", "matrix/random"],
    ["matrix-values", "matrix/seed"],
  ]);
  deepEqual(found({ lr: [1], zip: { lr: [1], stop: [2] }, stop: { mode: "up" }, random: { n: 0 } }), [
    ["matrix-twice", "matrix/zip/lr"],
    ["matrix-word", "matrix/zip/stop"],
    ["not-a-number", "matrix/random/n"],
    ["missing-key", "matrix/stop"],
    ["unknown-word", "matrix/stop/mode"],
  ]);
  const data = { out: "o.txt" };
  deepEqual(
    found({ lr: "1..3", out: [1], zip: { a: [1, 2], b: [1] }, exclude: [{ lrr: 1 }, { lr: 7 }] }, { data }),
    [
      ["shadowed-parameter", "matrix/out"],
      ["zip-length", "matrix/zip"],
      ["matrix-unknown-key", "matrix/exclude/0/lrr"],
      ["matrix-unknown-value", "matrix/exclude/1/lr"],
    ],
  );
  deepEqual(found({ include: [{ a: 1 }, { b: 1 }] }), [
    ["matrix-incomplete", "matrix/include/0"],
    ["matrix-incomplete", "matrix/include/1"],
  ]);
  deepEqual(found({}), [["matrix-empty", "matrix"]]);
  deepEqual(found([1]), [["not-a-map", "matrix"]]);
});

Deno.test("parseMatrix() refuses what a step's matrix cannot have", () => {
  const inner = { name: "i", task: "i.py", matrix: { x: [1] } };
  const pipeline: Plain = [
    { ...STEP, matrix: { lr: [1], zip: { a: [1] } } },
    { group: "g", multi_pass: { count: 2 }, steps: [inner] },
    { name: "q", kind: "condition", predicate: "exists", inputs: { data: "x" }, matrix: { y: [1] } },
  ];
  deepEqual(found({ lr: [2] }, { pipeline }), [
    ["no-effect", "pipeline/2/matrix"],
    ["matrix-word", "pipeline/1/steps/0/matrix"],
    ["matrix-twice", "pipeline/0/matrix/lr"],
    ["matrix-word", "pipeline/0/matrix/zip"],
  ]);
});

Deno.test("parseMatrix() names the word of the matrix that a parameter cannot be called", () => {
  match(parse({ include: [1, 2] }).problems[0].hint ?? "", /'include' is a word of the matrix/);
});
