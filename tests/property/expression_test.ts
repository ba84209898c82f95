import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import * as fc from "fast-check";
import { isLoomError } from "../../core/errors.ts";
import { evaluate, parseExpression } from "../../core/python/expression.ts";
import { Float, pyRepr, type Value } from "../../core/yaml/value.ts";
import { askPython } from "../support/ask_python.ts";

const NAMES: ReadonlyMap<string, Value> = new Map<string, Value>([["iter", 3], ["i", -7], ["word", "ab"], [
  "yes",
  true,
]]);

const PROGRAM = `
import json, resource, sys, warnings
resource.setrlimit(resource.RLIMIT_AS, (1 << 28, 1 << 28))
warnings.simplefilter("ignore")
functions = {f.__name__: f for f in (min, max, abs, round, int, float)}
def answer(text):
    names = {"__builtins__": {}, **functions, "iter": 3, "i": -7, "word": "ab", "yes": True}
    try:
        value = eval(text, names)
    except Exception as error:
        return "error " + type(error).__name__
    if isinstance(value, complex): return "error complex"
    if not isinstance(value, (bool, int, float, str)): return "refused"
    if isinstance(value, str) and len(value) > 1000: return "large"
    if isinstance(value, int) and value.bit_length() > 10000: return "large"
    return repr(value)
json.dump([answer(text) for text in json.load(sys.stdin)], sys.stdout)
`;

const NUMBERS = ["0", "1", "-1", "7", "-7", "0.0", "-0.0", "2.5", "-2.5", "1e308", "5e-324", "True", "False", "'a'"];
NUMBERS.push("float('inf')", "-float('inf')", "float('nan')", "2**53", "-2**53-1", "10**400");
const OPERATORS = ["+", "-", "*", "/", "//", "%", "**", "<", "<=", "==", "!=", "and", "or"];

const number = fc.oneof(
  fc.integer({ min: 0, max: 12 }).map(String),
  fc.bigInt({ min: 0n, max: 10n ** 40n }).map(String),
  fc.constantFrom("0x1F", "0b101", "0o17", "1_000", "00", "9007199254740991", "9007199254740992", "9007199254740993"),
  fc.constantFrom("0.0", "0.1", "2.5", "3.5", "0.125", "1e-5", "1e16", "1e308", "1.", ".5", "1_0.0_1e1_0", "5e-324"),
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((value) => pyRepr(new Float(Math.abs(value)))),
);
const text = fc.constantFrom(
  "''",
  "'a'",
  '"b" "c"',
  "'12'",
  "' 1_2 '",
  "'1.5e3'",
  "'inf'",
  "'-nan'",
  "'é\\n\\x41'",
  "'٣'",
);
const leaf = fc.oneof(
  { weight: 6, arbitrary: number },
  { weight: 1, arbitrary: text },
  { weight: 3, arbitrary: fc.constantFrom("True", "False", "iter", "i", "word", "yes") },
);
const expression = fc.letrec<{ whole: string }>((tie) => {
  const whole = tie("whole");
  const binary = fc.constantFrom("+", "-", "*", "/", "//", "%", "<", "<=", ">", ">=", "==", "!=", "and", "or");
  const name = fc.constantFrom("min", "max", "abs", "int", "float");
  return {
    // `round()` only with few digits: Python fills the memory for `round(7, -10 ** 40)`.
    whole: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      fc.tuple(whole, binary, whole).map(([a, operator, b]) => `${a} ${operator} ${b}`),
      fc.tuple(whole, whole, whole).map(([a, b, c]) => `(${a} if ${b} else ${c})`),
      fc.tuple(whole, fc.constantFrom("-2", "-1", "0", "1", "2", "3", "iter", "7.0", "-3.0")).map(([a, b]) =>
        `(${a}) ** ${b}`
      ),
      // Only of absolute values: a complex number is a value in Python, and an error here.
      whole.map((a) => `abs(${a}) ** 0.37`),
      fc.tuple(fc.constantFrom("-", "+", "not "), whole).map(([operator, a]) => `(${operator}${a})`),
      fc.tuple(name, fc.array(whole, { maxLength: 3 })).map(([f, args]) => `${f}(${args.join(", ")})`),
      fc.tuple(whole, fc.integer({ min: -20, max: 20 })).map(([a, n]) => `round(${a}, ${n})`),
      whole.map((a) => `(${a})`),
    ),
  };
}).whole;

Deno.test("evaluate() agrees with Python on random expressions", async () => {
  deepEqual(await differences(fc.sample(expression, { numRuns: 6000, seed: 20_240_917 })), []);
});

Deno.test("evaluate() agrees with Python on every pair of numbers and operator", async () => {
  const pairs = NUMBERS.flatMap((a) =>
    NUMBERS.flatMap((b) => OPERATORS.map((operator) => `(${a}) ${operator} (${b})`))
  );
  // Python would work on these until the memory is full.
  deepEqual(await differences(pairs.filter((source) => !/\*\* \((10\*\*400|2\*\*53)\)$/.test(source))), []);
});

Deno.test("round() and true division agree with Python to the last bit", async () => {
  const big = { min: 1n, max: 1n << 1300n };
  const division = fc.tuple(fc.bigInt({ min: -(1n << 1200n), max: 1n << 1200n }), fc.bigInt(big));
  const rounding = fc.tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -310, max: 330 }));
  const cases = [
    ...fc.sample(division, { numRuns: 1500, seed: 1 }).map(([a, b]) => `(${a}) / ${b}`),
    ...fc.sample(rounding, { numRuns: 1500, seed: 2 }).map(([x, n]) => `round(float('${x}'), ${n})`),
  ];
  deepEqual(await differences(cases), []);
});

Deno.test("parseExpression() answers any text with an expression or expression-invalid", () => {
  const words = fc.constantFrom(
    "iter",
    "(",
    ")",
    "[",
    "]",
    ",",
    "'",
    '"',
    "**",
    "not",
    "if",
    "else",
    " ",
    "1",
    ".",
    "$",
    "\n",
    "#",
    "{",
  );
  const soup = fc.array(fc.oneof(words, fc.string({ maxLength: 3 })), { maxLength: 30 }).map((parts) => parts.join(""));
  fc.assert(fc.property(soup, fc.constantFrom("arithmetic", "question"), (source, grammar) => {
    ok(["value", "expression-invalid"].includes(outcome(source, grammar)));
  }));
});

function outcome(source: string, grammar: "arithmetic" | "question"): string {
  try {
    parseExpression(source, { names: NAMES.keys(), grammar });
    return "value";
  } catch (error) {
    if (!isLoomError(error)) throw error;
    return error.code;
  }
}

/** The first few expressions on which we and Python differ; printing thousands of them would take hours. */
async function differences(cases: readonly string[]): Promise<unknown[]> {
  const answers = await askPython(PROGRAM, cases);
  const different = cases.flatMap((text, i) => agrees(text, answers[i]) ? [] : [[text, answers[i], ours(text)]]);
  return different.slice(0, 5);
}

function agrees(source: string, python: string): boolean {
  const mine = ours(source);
  if (python === "refused") return true;
  if (python.startsWith("error ")) return mine === "error";
  return python === "large" ? mine === "large" || mine === "error" : mine === python;
}

function ours(source: string): string {
  try {
    const value = evaluate(parseExpression(source, { names: NAMES.keys() }), NAMES);
    if (typeof value === "bigint" && value.toString(2).length > 10000) return "large";
    return typeof value === "string" && value.length > 1000 ? "large" : pyRepr(value);
  } catch (error) {
    if (!isLoomError(error)) throw error;
    return "error";
  }
}
