import {
  deepStrictEqual as deepEqual,
  match,
  notStrictEqual as notEqual,
  ok,
  strictEqual as equal,
} from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { type Plain, toValue } from "../../tests/support/pipeline_of.ts";
import { parsePipeline } from "../graph/parse/mod.ts";
import type { Pipeline } from "../graph/pipeline.ts";
import { Float, type Value } from "../yaml/value.ts";
import { draw } from "./draw.ts";
import { pointName } from "./point_name.ts";
import { pinMatrix, sweepPoints } from "./points.ts";

const digest = (text: string) => createHash("sha256").update(text).digest("hex");

function pipeline(matrix: Plain, parameters: { readonly [key: string]: Plain } = {}): Pipeline {
  return parsePipeline(toValue({ matrix, parameters, pipeline: [{ name: "a", task: "a.py" }] }), "/w/p.yml").pipeline;
}

function names(matrix: Plain, parameters: { readonly [key: string]: Plain } = {}): readonly string[] {
  const { matrix: parsed, ...rest } = pipeline(matrix, parameters);
  return sweepPoints(parsed!, { parameters: rest.parameters, digest }).map((point) => point.name);
}

Deno.test("sweepPoints() makes every combination, the last key changing fastest", () => {
  deepEqual(names({ lr: [new Float(0.1), 1], seed: "1..2" }), [
    "lr=0.1,seed=1",
    "lr=0.1,seed=2",
    "lr=1,seed=1",
    "lr=1,seed=2",
  ]);
});

Deno.test("sweepPoints() takes zipped values side by side, leaves out, and adds", () => {
  const matrix = {
    s: [1, 2],
    zip: { a: ["x", "y"], b: [3, 4] },
    exclude: [{ s: 2, a: "x" }],
    include: [{ s: 9, a: "z", b: 0 }, { s: 1, a: "x", b: 3 }],
  };
  deepEqual(names(matrix), ["a=x,b=3,s=1", "a=y,b=4,s=1", "a=y,b=4,s=2", "a=z,b=0,s=9"]);
});

Deno.test("sweepPoints() keeps the names of points when another one changes one thing more", () => {
  const parameters = { wd: 0 };
  deepEqual(names({ lr: [1, 2] }, parameters), ["lr=1", "lr=2"]);
  deepEqual(names({ lr: [1, 2], include: [{ lr: 1, wd: 5 }, { lr: 2, wd: 0 }] }, parameters), [
    "lr=1",
    "lr=2",
    "lr=1,wd=5",
  ]);
});

Deno.test("sweepPoints() draws the same points from the same seed, and more of them when asked for more", () => {
  const drawn = (n: number, seed: number) => names({ a: "1..40", b: "1..25", random: { n, seed } });
  deepEqual(drawn(20, 3), drawn(40, 3).slice(0, 20));
  notEqual(drawn(20, 3).join(), drawn(20, 4).join());
  equal(new Set(drawn(1000, 1)).size, 1000);
  equal(names({ a: "1..4", random: { n: 3, seed: 0 }, exclude: [{ a: 2 }] }).includes("a=2"), false);
  equal(names({ a: "1..4", random: { n: 9, seed: 0 } }).length, 4);
});

Deno.test("sweepPoints() draws from a grid that no memory could hold", () => {
  const axes = Object.fromEntries("abcdefgh".split("").map((key) => [key, "1..1000"]));
  equal(new Set(names({ ...axes, random: { n: 50, seed: 0 } })).size, 50);
});

Deno.test("draw() gives every number once, and each as often as any other", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(), (total, seed) => {
    const drawn = [...draw(BigInt(total), seed)].map(Number);
    deepEqual(drawn.toSorted((a, b) => a - b), Array.from({ length: total }, (_, i) => i));
  }));
  const counts = new Array(8).fill(0);
  for (let seed = 0; seed < 4000; seed++) counts[Number(draw(8n, seed).next().value)]++;
  // 500 each are expected; six standard deviations are 126.
  ok(counts.every((count) => Math.abs(count - 500) < 126), counts.join());
});

Deno.test("pinMatrix() holds parameters at one value", () => {
  const pinned = (matrix: Plain, values: readonly (readonly [string, Value])[]) => {
    const { matrix: parsed, parameters } = pipeline(matrix);
    return sweepPoints(pinMatrix(parsed!, new Map(values)), { parameters, digest }).map(({ name }) => name);
  };
  deepEqual(pinned({ lr: [1, 2], s: [3, 4] }, [["lr", new Float(2)]]), ["lr=2,s=3", "lr=2,s=4"]);
  deepEqual(pinned({ lr: [1, 2] }, [["lr", 7]]), ["lr=7"]);
  deepEqual(pinned({ zip: { a: [1, 2], b: [3, 4] } }, [["b", 4]]), ["a=2,b=4"]);
  deepEqual(pinned({ zip: { a: [1, 2], b: [3, 4] } }, [["b", 5]]), []);
  deepEqual(pinned({ lr: [1], include: [{ lr: 5 }] }, [["other", 1]]), ["lr=1", "lr=5"]);
});

Deno.test("pointName() sorts keys, and marks what had to be changed", () => {
  const name = (...values: (readonly [string, Value])[]) => pointName(values, digest);
  equal(name(["seed", 1], ["lr", new Float(1e-5)]), "lr=1e-05,seed=1");
  match(name(["p", "a/b c"]), /^p=a_b_c~[0-9a-f]{8}$/);
  match(name(["p", "x".repeat(300)]), /^p=x{89}~[0-9a-f]{8}$/);
  equal(name(["api_key", "hunter2hunter2"]).includes("hunter2"), false);
});

Deno.test("pointName() tells all values apart and is a folder's name", () => {
  const value: fc.Arbitrary<Value> = fc.oneof(
    fc.string(),
    fc.constantFrom("1", "1.0", "True", "None", "a,b=1", "", "..", "1e5", "nan", "=", "~00000000"),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.double({ noNaN: true }).map((number) => new Float(number)),
  );
  const identity = (it: Value) => `${typeof it} ${it instanceof Float ? `float ${String(it.value)}` : String(it)}`;
  fc.assert(fc.property(value, value, (a, b) => {
    const [one, two] = [a, b].map((it) => pointName([["k", it]], digest));
    equal(one === two, identity(a) === identity(b) || (isZero(a) && isZero(b) && one === two));
    match(one, /^[\w.,=+~-]+$/);
    ok(one.length <= 100 && one !== ".." && one !== ".");
  }));
});

function isZero(value: Value): boolean {
  return value instanceof Float && value.value === 0;
}
