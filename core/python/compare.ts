/**
 * Python's comparisons and truth of values.
 *
 * @module
 */

import { asInt, expressionFailed, typeName } from "./number.ts";
import { Float, Timestamp, type Value } from "../yaml/value.ts";

/** The operators that compare. */
export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not in";

/** Whether `left operator right`, as Python says. */
export function compare(operator: ComparisonOperator, operands: readonly [Value, Value]): boolean {
  const [left, right] = operands;
  if (operator === "==") return equal(left, right);
  if (operator === "!=") return !equal(left, right);
  if (operator === "in") return contains(right, left);
  if (operator === "not in") return !contains(right, left);
  return ordered(operator, operands);
}

/** Whether `value` counts as true: not empty, not zero, not None. */
export function truthy(value: Value): boolean {
  if (typeof value === "string") return value !== "";
  if (value instanceof Float) return value.value !== 0;
  if (value instanceof Map) return value.size > 0;
  if (Array.isArray(value)) return value.length > 0;
  return value !== null && value !== false && value !== 0 && value !== 0n;
}

/** Negative, zero or positive as `a` stands before, with or behind `b` by code points. */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    // Surrogates stand below U+E000 … U+FFFF as code units, but above them as code points.
    if (x !== y) return x >= 0xd800 && y >= 0xd800 ? fixed(x) - fixed(y) : x - y;
  }
  return a.length - b.length;
}

function fixed(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** The value of a bool, int or float for JavaScript's `<` and `==`, which are exact between these. */
function numeric(value: Value): number | bigint | undefined {
  return value instanceof Float ? value.value : asInt(value);
}

function equal(a: Value, b: Value): boolean {
  const [x, y] = [numeric(a), numeric(b)];
  // Loosely: a bigint and a float of the same value are equal, but not identical.
  if (x !== undefined && y !== undefined) return x == y;
  if (a instanceof Timestamp && b instanceof Timestamp) return a.text === b.text;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => equal(item, b[i]));
  if (a instanceof Map && b instanceof Map) return equalMaps(a, b);
  return a === b;
}

function equalMaps(a: ReadonlyMap<Value, Value>, b: ReadonlyMap<Value, Value>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    const other = [...b].find(([candidate]) => equal(candidate, key));
    if (other === undefined || !equal(value, other[1])) return false;
  }
  return true;
}

function contains(container: Value, item: Value): boolean {
  if (Array.isArray(container)) return container.some((member) => equal(member, item));
  if (container instanceof Map) return [...container.keys()].some((key) => equal(key, item));
  if (typeof container !== "string") {
    throw expressionFailed(`argument of type '${typeName(container)}' is not iterable`);
  }
  if (typeof item === "string") return container.includes(item);
  throw expressionFailed(`'in <string>' requires string as left operand, not ${typeName(item)}`);
}

function ordered(operator: "<" | "<=" | ">" | ">=", [left, right]: readonly [Value, Value]): boolean {
  const [x, y] = [numeric(left), numeric(right)];
  if (x !== undefined && y !== undefined) return holds(operator, x, y);
  if (typeof left === "string" && typeof right === "string") return holds(operator, byCodePoint(left, right), 0);
  if (left instanceof Timestamp && right instanceof Timestamp) return holds(operator, left.text, right.text);
  throw expressionFailed(
    `'${operator}' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`,
  );
}

function holds<T extends string | number | bigint>(operator: "<" | "<=" | ">" | ">=", a: T, b: T): boolean {
  if (operator === "<") return a < b;
  if (operator === "<=") return a <= b;
  return operator === ">" ? a > b : a >= b;
}
