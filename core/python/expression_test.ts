import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import { evaluate, parseExpression } from "./expression.ts";
import { pyRepr, type Value } from "../yaml/value.ts";

const NAMES = new Map<string, Value>([["iter", 2], ["lr", 3]]);

function repr(text: string): string {
  return pyRepr(evaluate(parseExpression(text, { names: NAMES.keys() }), NAMES));
}

const RESULTS: Readonly<Record<string, string>> = {
  "0.1 * 0.5 ** iter": "0.025",
  "7 // 2": "3",
  "-7 // 2": "-4",
  "-7 % 3": "2",
  "7 % -3": "-2",
  "-7.5 % 2": "0.5",
  "7.5 // -2": "-4.0",
  "6 / 3": "2.0",
  "2 ** -1": "0.5",
  "-2 ** 2": "-4",
  "2 ** 3 ** 2": "512",
  "2 ** 100": "1267650600228229401496703205376",
  "2 ** 53 + 1": "9007199254740993",
  "2 ** 53 == 2.0 ** 53": "True",
  "2 ** 53 + 1 == 2.0 ** 53": "False",
  "round(2.5)": "2",
  "round(3.5)": "4",
  "round(2.675, 2)": "2.67",
  "round(1250, -2)": "1200",
  "True + True": "2",
  "0 or 'x'": "'x'",
  "1 and 0.0": "0.0",
  "not 0": "True",
  "1 < iter < 3": "True",
  "3 > 2 > 2": "False",
  "'a' 'b' * 2": "'abab'",
  "'x' if iter > 5 else \"y\"": "'y'",
  "min(3, 1.0, 1)": "1.0",
  "max('ab')": "'b'",
  "int(' 1_2 ') + int('ff', 16)": "267",
  "float('-inf')": "-inf",
  "abs(-lr)": "3",
  "(\n1 +\n2)": "3",
  "0x10 + 0b11 + 0o7 + 1_0": "36",
};

for (const [text, expected] of Object.entries(RESULTS)) {
  Deno.test(`evaluate() makes ${expected} of ${JSON.stringify(text)}`, () => equal(repr(text), expected));
}

const FAILURES: Readonly<Record<string, string>> = {
  "1 / 0": "division by zero",
  "1 // 0.0": "division by zero",
  "1 % 0": "division by zero",
  "'a' + 1": "unsupported operand type(s) for +: 'str' and 'int'",
  "'a' < 1": "'<' not supported between instances of 'str' and 'int'",
  "'%s' % 1": "formatting text with % is not available",
  "9 ** 9 ** 9": "the result is too large",
  "10.0 ** 400": "the result is too large for a float",
  "(-8) ** 0.5": "a negative number cannot be raised to a fractional power",
  "int('x')": "invalid literal for int() with base 10: 'x'",
  "int(float('nan'))": "cannot convert float NaN to integer",
  "'a' * 10 ** 12": "the text is too long",
};

for (const [text, reason] of Object.entries(FAILURES)) {
  Deno.test(`evaluate() fails on ${text}`, () => {
    throws(() => repr(text), { code: "expression-failed", data: { reason } });
  });
}

const REFUSED: Readonly<Record<string, number>> = {
  "": 1,
  "1 +": 4,
  "1 2": 3,
  "(1": 3,
  "012": 1,
  "1j": 1,
  "b'x'": 1,
  "f'{iter}'": 1,
  "x.y": 1,
  "iter.real": 5,
  "iter[0]": 5,
  "lambda: 1": 1,
  "1 | 2": 3,
  "~1": 1,
  "1 in (1,)": 3,
  "iter is 1": 6,
  "__import__('os')": 1,
  "open('x')": 1,
  "min": 4,
  "None": 1,
  "1 if 2": 7,
  "min(1, key=2)": 8,
  "[1]": 1,
};

for (const [text, column] of Object.entries(REFUSED)) {
  Deno.test(`parseExpression() refuses ${JSON.stringify(text)} at column ${column}`, () => {
    throws(() => parseExpression(text, { names: ["iter"] }), (error: { code: string; data: { column: number } }) => {
      deepEqual([error.code, error.data.column], ["expression-invalid", column]);
      return true;
    });
  });
}

Deno.test("parseExpression() names the nearest known name", () => {
  throws(() => parseExpression("0.1 * itre", { names: ["iter"] }), {
    message: "Cannot read '0.1 * itre': unknown name 'itre' at column 7",
    hint: "did you mean 'iter'?",
  });
});

Deno.test("parseExpression() refuses deep nesting instead of running out of stack", () => {
  for (
    const text of [
      "(".repeat(50_000),
      "-".repeat(50_000),
      "not ".repeat(50_000),
      "1 if 1 else ".repeat(50_000),
      "2**".repeat(50_000),
    ]
  ) {
    throws(() => parseExpression(text, { names: [] }), { code: "expression-invalid" });
  }
});

Deno.test("evaluate() takes long chains", () => {
  equal(repr(Array(50_000).fill("1").join(" + ")), "50000");
  equal(repr(Array(50_000).fill("0").join(" or ")), "0");
});
