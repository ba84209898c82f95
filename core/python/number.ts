/**
 * Python's arithmetic on values: unbounded ints, floats, bools as ints, texts added and repeated.
 *
 * @module
 */

import { LoomError } from "../errors.ts";
import { narrow } from "../yaml/py_number.ts";
import { bitLength, divideExactly } from "./float.ts";
import { Bytes, Float, Timestamp, type Value, ValueSet } from "../yaml/value.ts";

/** The operators of arithmetic. */
export type ArithmeticOperator = "+" | "-" | "*" | "/" | "//" | "%" | "**";

/** An int of any size; `number` only in the safe range. */
export type Int = number | bigint;

// An expression made by mistake must end in an error instead of filling the memory.
const MAX_BITS = 1_000_000;
const MAX_TEXT = 10_000_000;
const MAX_INDEX = 2n ** 63n - 1n;

/** An expression could not be computed; `reason` as Python words it. */
export function expressionFailed(reason: string): LoomError {
  return new LoomError("expression-failed", `Cannot compute: ${reason}`, { data: { reason } });
}

/** What Python calls the type of a value. */
export function typeName(value: Value): string {
  if (value === null) return "NoneType";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "string") return "str";
  if (typeof value === "number" || typeof value === "bigint") return "int";
  if (value instanceof Float) return "float";
  if (value instanceof Timestamp) return value.repr.slice(0, value.repr.indexOf("("));
  if (value instanceof Bytes) return "bytes";
  if (value instanceof ValueSet) return "set";
  return value instanceof Map ? "dict" : "list";
}

/** A bool or int as an int; `undefined` for anything else. */
export function asInt(value: Value): Int | undefined {
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" || typeof value === "bigint" ? value : undefined;
}

/** The int as it is kept: `number` in the safe range, else `bigint`. */
export function normalizeInt(value: bigint): Int {
  const int = narrow(value);
  if (typeof int === "bigint" && bitLength(int) > MAX_BITS) throw expressionFailed("the result is too large");
  return int;
}

/** An int as a float, rounded half to even. */
export function intToFloat(value: Int): number {
  const float = Number(value);
  if (!Number.isFinite(float)) throw expressionFailed("int too large to convert to float");
  return float;
}

/** `left operator right` as Python computes it. */
export function arithmetic(operator: ArithmeticOperator, operands: readonly [Value, Value]): Value {
  const [left, right] = operands;
  const [a, b] = [asInt(left), asInt(right)];
  if (a !== undefined && b !== undefined) return intArithmetic(operator, a, b);
  const [x, y] = [asFloat(left, a), asFloat(right, b)];
  if (x !== undefined && y !== undefined) return new Float(floatArithmetic(operator, x, y));
  return textArithmetic(operator, operands);
}

function asFloat(value: Value, int: Int | undefined): number | undefined {
  if (value instanceof Float) return value.value;
  return int === undefined ? undefined : intToFloat(int);
}

function intArithmetic(operator: ArithmeticOperator, a: Int, b: Int): Value {
  if (operator === "/") return new Float(divideInts(a, b));
  if (operator === "**") return powerInts(a, b);
  if (typeof a === "number" && typeof b === "number") {
    const quick = smallArithmetic(operator, a, b);
    // Adding 0 turns the -0 of `0 * -1` into the only zero an int has.
    if (Number.isSafeInteger(quick)) return quick + 0;
  }
  return normalizeInt(bigArithmetic(operator, BigInt(a), BigInt(b)));
}

/** Safe ints whose result is safe too: then the float operation was exact. NaN where it cannot say. */
function smallArithmetic(operator: ArithmeticOperator, a: number, b: number): number {
  if (operator === "+") return a + b;
  if (operator === "-") return a - b;
  if (operator === "*") return a * b;
  const rest = a % b;
  const modulo = rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
  return operator === "%" ? modulo : (a - modulo) / b;
}

function bigArithmetic(operator: ArithmeticOperator, a: bigint, b: bigint): bigint {
  if (operator === "+") return a + b;
  if (operator === "-") return a - b;
  if (operator === "*") {
    if (bitLength(a) + bitLength(b) > MAX_BITS + 1) throw expressionFailed("the result is too large");
    return a * b;
  }
  if (b === 0n) throw expressionFailed("division by zero");
  const rest = a % b;
  const modulo = rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
  return operator === "%" ? modulo : (a - modulo) / b;
}

function divideInts(a: Int, b: Int): number {
  if (b === 0) throw expressionFailed("division by zero");
  if (typeof a === "number" && typeof b === "number") return a / b;
  const quotient = divideExactly(BigInt(a), BigInt(b));
  if (!Number.isFinite(quotient)) throw expressionFailed("integer division result too large for a float");
  return quotient;
}

function powerInts(a: Int, b: Int): Value {
  if (b < 0) return new Float(powerFloats(intToFloat(a), intToFloat(b)));
  const base = BigInt(a);
  const trivial = base >= -1n && base <= 1n;
  if (!trivial && (bitLength(base) - 1) * Number(b) > MAX_BITS) throw expressionFailed("the result is too large");
  if (!trivial) return normalizeInt(base ** BigInt(b));
  if (base === 0n) return b === 0 ? 1 : 0;
  return base === 1n || BigInt(b) % 2n === 0n ? 1 : -1;
}

function floatArithmetic(operator: ArithmeticOperator, x: number, y: number): number {
  if (operator === "+") return x + y;
  if (operator === "-") return x - y;
  if (operator === "*") return x * y;
  if (operator === "**") return powerFloats(x, y);
  if (y === 0) throw expressionFailed(operator === "%" ? "float modulo" : "division by zero");
  if (operator === "/") return x / y;
  const modulo = moduloFloats(x, y);
  return operator === "%" ? modulo : floorFloats(x, y);
}

/** The remainder with the sign of the divisor. */
function moduloFloats(x: number, y: number): number {
  const rest = x % y;
  if (rest === 0) return y < 0 ? -0 : 0;
  return rest < 0 !== y < 0 ? rest + y : rest;
}

function floorFloats(x: number, y: number): number {
  const rest = x % y;
  let quotient = (x - rest) / y;
  if (rest !== 0 && rest < 0 !== y < 0) quotient -= 1;
  // A quotient of 0 keeps the sign that the exact one would have.
  if (quotient === 0) return x / y < 0 || Object.is(x / y, -0) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

function powerFloats(x: number, y: number): number {
  // C's pow, unlike that of JavaScript, makes 1 of these even beside NaN and infinity.
  if (y === 0 || x === 1 || (x === -1 && Math.abs(y) === Infinity)) return 1;
  if (x === 0 && y < 0 && y !== -Infinity) throw expressionFailed("0.0 cannot be raised to a negative power");
  if (x < 0 && Number.isFinite(x) && Number.isFinite(y) && !Number.isInteger(y)) {
    throw expressionFailed("a negative number cannot be raised to a fractional power");
  }
  const power = Math.pow(x, y);
  const overflow = Math.abs(power) === Infinity && Number.isFinite(x) && Number.isFinite(y);
  if (overflow) throw expressionFailed("the result is too large for a float");
  return power;
}

function textArithmetic(operator: ArithmeticOperator, [left, right]: readonly [Value, Value]): Value {
  if (operator === "+" && typeof left === "string" && typeof right === "string") return bounded(left + right);
  if (operator === "*" && typeof left === "string") return repeat(left, right);
  if (operator === "*" && typeof right === "string") return repeat(right, left);
  if (operator === "%" && typeof left === "string") throw expressionFailed("formatting text with % is not available");
  throw expressionFailed(
    `unsupported operand type(s) for ${operator}: '${typeName(left)}' and '${typeName(right)}'`,
  );
}

function repeat(text: string, times: Value): string {
  const count = asInt(times);
  if (count === undefined) throw expressionFailed(`can't multiply sequence by non-int of type '${typeName(times)}'`);
  if (count > MAX_INDEX || count < -MAX_INDEX) throw expressionFailed("cannot fit 'int' into an index-sized integer");
  if (count <= 0 || text === "") return "";
  if (text.length * Number(count) > MAX_TEXT) throw expressionFailed("the text is too long");
  return text.repeat(Number(count));
}

function bounded(text: string): string {
  if (text.length > MAX_TEXT) throw expressionFailed("the text is too long");
  return text;
}
