import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { Float, pyStr, type Value } from "../../yaml/value.ts";
import { isSameValue, parseSweepValues } from "./sweep_values.ts";

function texts(value: Value): readonly string[] {
  const found = parseSweepValues(value);
  return "values" in found ? found.values.map(pyStr) : [found.error];
}

Deno.test("parseSweepValues() reads ranges with both ends, in the numbers they are written in", () => {
  deepEqual(texts("1..5"), ["1", "2", "3", "4", "5"]);
  deepEqual(texts("5..1:-2"), ["5", "3", "1"]);
  deepEqual(texts("3..1"), ["3", "2", "1"]);
  deepEqual(texts("0..1:0.25"), ["0.0", "0.25", "0.5", "0.75", "1.0"]);
  deepEqual(texts("0.1..0.4:0.1"), ["0.1", "0.2", "0.3", "0.4"]);
  deepEqual(texts("1..2:0.4"), ["1.0", "1.4", "1.8"]);
  deepEqual(texts("-1..1"), ["-1", "0", "1"]);
  deepEqual(texts("7..7"), ["7"]);
  deepEqual(texts("1e-3..3e-3:1e-3"), ["0.001", "0.002", "0.003"]);
});

Deno.test("parseSweepValues() reads logarithmic ranges, rounded to what people read", () => {
  deepEqual(texts("log:1e-4..1e-1:4"), ["0.0001", "0.001", "0.01", "0.1"]);
  deepEqual(texts("log:1..2:3"), ["1.0", "1.41421", "2.0"]);
  deepEqual(texts("log:100..1:3"), ["100.0", "10.0", "1.0"]);
  equal(new Set(texts("log:1..1.0000001:4")).size, 4);
});

Deno.test("parseSweepValues() takes lists and single values as they are", () => {
  deepEqual(texts([new Float(0.1), 1, "a", "1..3", true, null]), ["0.1", "1", "a", "1..3", "True", "None"]);
  deepEqual(texts("adam"), ["adam"]);
  deepEqual(texts("../x..y"), ["../x..y"]);
  deepEqual(texts(3), ["3"]);
});

Deno.test("parseSweepValues() says what is wrong, and counts before it builds", () => {
  const cases: readonly (readonly [Value, RegExp])[] = [
    [[], /has no values/],
    [[[1]], /not a list/],
    [new Map([["a", 1]]), /not a map/],
    ["1..5:0", /never ends/],
    ["1..5:-1", /never ends/],
    ["1..5:x", /step is no number/],
    ["1..1000000000000", /1,000,000,000,000 values/],
    ["log:0..1:3", /not above 0/],
    ["log:1..2", /without how many/],
    ["log:1..2:1", /without how many/],
    [new Float(NaN), /nan/],
  ];
  for (const [value, words] of cases) match(texts(value)[0], words);
});

Deno.test("parseSweepValues() shows no noise of binary fractions, whatever the step", () => {
  const cents = fc.integer({ min: -10_000, max: 10_000 });
  fc.assert(fc.property(cents, fc.integer({ min: 1, max: 500 }), fc.nat(50), (start, step, count) => {
    const text = (hundredths: number) => (hundredths / 100).toFixed(2);
    const found = parseSweepValues(`${text(start)}..${text(start + step * count)}:${text(step)}`);
    ok("values" in found);
    equal(found.values.length, count + 1);
    found.values.forEach((value, i) => equal((value as Float).value, Number(text(start + step * i))));
  }));
});

Deno.test("isSameValue() is Python's equality of plain values", () => {
  equal(isSameValue(1, new Float(1)), true);
  equal(isSameValue(1, "1"), false);
  equal(isSameValue("a", "a"), true);
  equal(isSameValue(null, null), true);
  equal(isSameValue(true, false), false);
});
