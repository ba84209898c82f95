import { ok, strictEqual as equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { calculate } from "./calculate.ts";

const VALUES: readonly (readonly [expression: string, value: number])[] = [
  ["1 + 2 * 3", 7],
  ["(1 + 2) * 3", 9],
  ["-2 ** 2", -4],
  ["2 ** 3 ** 2", 512],
  ["2 ^ 10", 1024],
  ["7 // 2 + -7 // 2", -1],
  ["-7 % 3", 2],
  ["1_000 + .5e1", 1005],
  ["sqrt(16) + max(1, 5, 3) + sum([1, 2, 3])", 15],
  ["round(2.345, 2)", 2.35],
  ["median([3, 1, 2]) + gcd(12, 18)", 8],
  ["factorial(5)", 120],
  ["npv(0, [-100, 60, 60])", 20],
  ["round(cagr(100, 200, 10), 6)", 0.071773],
  ["round(pmt(0.01, 12, 1000), 4)", 88.8488],
  ["2 ** -1", 0.5],
  ["pow(2, 10)", 1024],
];

for (const [expression, value] of VALUES) {
  Deno.test(`calculate() of ${expression} is ${value}`, () => {
    ok(Math.abs(calculate(expression) - value) < 0.006, String(calculate(expression)));
  });
}

const REFUSED = [
  ...["2 ** 10001", "pow(2, 10001)", "pow(2, -10001)", "2 ** 2 ** 2 ** 2 ** 2", "1 / 0", "1 % 0", "factorial(171)"],
  ...["sqrt(-1)", "10 ** 400", "fv(0.1, 1e9, 1)", "npv(1, 2)", "[1, 2]", "sum()", "log(0)"],
  ...[
    "",
    "1 +",
    "(1",
    "1)",
    "1 2",
    "foo",
    "foo(1)",
    "constructor",
    "__proto__",
    "toString()",
    "sqrt",
    "sqrt(1, 2)",
    "a.b",
  ],
  ...["'x'", "1;2", "(1, 2)", "()", "[1", "import('x')", "pi()", "1 = 1", "(".repeat(500) + "1", "-".repeat(500) + "1"],
];

for (const expression of REFUSED) {
  Deno.test(`calculate() refuses ${expression.slice(0, 30)}`, () => {
    throws(() => calculate(expression), (error) => error instanceof RangeError || error instanceof SyntaxError);
  });
}

Deno.test("calculate() agrees with JavaScript on sums and products", () => {
  const number = fc.integer({ min: -1000, max: 1000 });
  const part = fc.tuple(fc.constantFrom("+", "-", "*"), number);
  fc.assert(fc.property(number, fc.array(part, { maxLength: 9 }), (first, parts) => {
    const text = `(${first})${parts.map(([sign, value]) => ` ${sign} (${value})`).join("")}`;
    equal(calculate(text), Function(`return ${text}`)());
  }));
});

Deno.test("calculate() answers or refuses, whatever it is given", () => {
  const pieces = fc.constantFrom("1", "2.5", "+", "-", "*", "**", "/", "(", ")", "[", "]", ",", "sum", "pow", "e", " ");
  fc.assert(fc.property(fc.oneof(fc.string(), fc.array(pieces).map((it) => it.join(""))), (text) => {
    try {
      equal(Number.isFinite(calculate(text)), true);
    } catch (error) {
      ok(error instanceof RangeError || error instanceof SyntaxError, String(error));
    }
  }));
});
