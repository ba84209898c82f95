/**
 * The functions an expression may call, as Python has them: `min max abs round int float`.
 *
 * @module
 */

import { compare } from "./compare.ts";
import { decompose, roundFloat, roundRatio } from "./float.ts";
import { asInt, expressionFailed, type Int, intToFloat, normalizeInt, typeName } from "./number.ts";
import { floatFromText, intFromText } from "./text.ts";
import { Float, type Value } from "../yaml/value.ts";

/** The functions an expression may call. */
export type FunctionName = "min" | "max" | "abs" | "round" | "int" | "float";

const FUNCTIONS: Readonly<Record<FunctionName, (args: readonly Value[]) => Value>> = {
  min: (args) => extreme("min", args),
  max: (args) => extreme("max", args),
  abs: absolute,
  round,
  int: toInt,
  float: toFloat,
};

/** Their names. */
export const FUNCTION_NAMES: readonly string[] = Object.keys(FUNCTIONS);

/** Whether an expression may call `name`. */
export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(FUNCTIONS, name);
}

/** Call a function with positional arguments. */
export function callFunction(name: FunctionName, args: readonly Value[]): Value {
  return FUNCTIONS[name](args);
}

/** `-value`. */
export function negate(value: Value): Value {
  if (value instanceof Float) return new Float(-value.value);
  const int = asInt(value);
  if (int === undefined) throw expressionFailed(`bad operand type for unary -: '${typeName(value)}'`);
  return typeof int === "bigint" ? normalizeInt(-int) : 0 - int;
}

/** `+value`. */
export function affirm(value: Value): Value {
  if (value instanceof Float) return value;
  const int = asInt(value);
  if (int === undefined) throw expressionFailed(`bad operand type for unary +: '${typeName(value)}'`);
  return int;
}

function extreme(name: "min" | "max", args: readonly Value[]): Value {
  const items = args.length === 1 ? characters(args[0]) : args;
  if (items.length === 0) {
    const what = args.length === 0
      ? `${name} expected at least 1 argument, got 0`
      : `${name}() arg is an empty sequence`;
    throw expressionFailed(what);
  }
  const operator = name === "min" ? "<" : ">";
  return items.reduce((best, item) => compare(operator, [item, best]) ? item : best);
}

function characters(value: Value): readonly Value[] {
  if (typeof value === "string") return [...value];
  throw expressionFailed(`'${typeName(value)}' object is not iterable`);
}

function absolute(args: readonly Value[]): Value {
  if (args.length !== 1) throw expressionFailed(`abs() takes exactly one argument (${args.length} given)`);
  const [value] = args;
  if (value instanceof Float) return new Float(Math.abs(value.value));
  const int = asInt(value);
  if (int === undefined) throw expressionFailed(`bad operand type for abs(): '${typeName(value)}'`);
  return int < 0 ? negate(int) : int;
}

function round(args: readonly Value[]): Value {
  if (args.length < 1 || args.length > 2) {
    throw expressionFailed(`round() takes 1 or 2 arguments (${args.length} given)`);
  }
  const [value, places] = args;
  const digits = places === undefined ? undefined : asInt(places);
  if (places !== undefined && digits === undefined) {
    throw expressionFailed(`'${typeName(places)}' object cannot be interpreted as an integer`);
  }
  if (value instanceof Float) return digits === undefined ? nearestInt(value.value) : roundTo(value.value, digits);
  const int = asInt(value);
  if (int === undefined) throw expressionFailed(`type ${typeName(value)} doesn't define __round__ method`);
  return digits === undefined || digits >= 0 ? int : roundInt(BigInt(int), -Number(digits));
}

function roundTo(value: number, digits: Int): Float {
  const rounded = roundFloat(value, Number(digits));
  if (Number.isFinite(value) && !Number.isFinite(rounded)) {
    throw expressionFailed("rounded value too large to represent");
  }
  return new Float(rounded);
}

function roundInt(value: bigint, places: number): Int {
  // Fewer digits than places: nearer to 0 than to the first step away from it.
  if (places > String(value).length) return 0;
  const power = 10n ** BigInt(places);
  return normalizeInt(roundRatio(value, power) * power);
}

function nearestInt(value: number): Int {
  requireFinite(value);
  const { mantissa, exponent } = decompose(value);
  if (exponent >= 0) return normalizeInt(mantissa << BigInt(exponent));
  return normalizeInt(roundRatio(mantissa, 1n << BigInt(-exponent)));
}

function requireFinite(value: number): void {
  if (Number.isNaN(value)) throw expressionFailed("cannot convert float NaN to integer");
  if (!Number.isFinite(value)) throw expressionFailed("cannot convert float infinity to integer");
}

function toInt(args: readonly Value[]): Value {
  if (args.length === 0) return 0;
  if (args.length > 2) throw expressionFailed(`int() takes at most 2 arguments (${args.length} given)`);
  const [value, base] = args;
  if (base !== undefined) return intWithBase(value, base);
  if (typeof value === "string") return intFromText(value, 10);
  if (value instanceof Float) return truncate(value.value);
  return asInt(value) ?? notANumber("int() argument must be a string, a bytes-like object or a real number", value);
}

function intWithBase(value: Value, base: Value): Int {
  const radix = asInt(base);
  if (radix === undefined) throw expressionFailed(`'${typeName(base)}' object cannot be interpreted as an integer`);
  if (typeof value !== "string") throw expressionFailed("int() can't convert non-string with explicit base");
  if (radix !== 0 && (radix < 2 || radix > 36)) throw expressionFailed("int() base must be >= 2 and <= 36, or 0");
  return intFromText(value, Number(radix));
}

function truncate(value: number): Int {
  requireFinite(value);
  return normalizeInt(BigInt(Math.trunc(value)));
}

function toFloat(args: readonly Value[]): Value {
  if (args.length > 1) throw expressionFailed(`float expected at most 1 argument, got ${args.length}`);
  if (args.length === 0) return new Float(0);
  const [value] = args;
  if (value instanceof Float) return value;
  if (typeof value === "string") return new Float(floatFromText(value));
  const int = asInt(value) ?? notANumber("float() argument must be a string or a real number", value);
  return new Float(intToFloat(int));
}

function notANumber(what: string, value: Value): never {
  throw expressionFailed(`${what}, not '${typeName(value)}'`);
}
