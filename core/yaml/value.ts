/**
 * Values as Python's YAML reader makes them, and as Python's `str()` prints them.
 *
 * @module
 */

import { pyFloat, pyInt } from "./py_number.ts";
import { pyStr } from "./py_text.ts";
import { Bytes, Float, Timestamp, type Value, ValueSet } from "./value_types.ts";

export { Bytes, Float, Timestamp, Tuple, type Value, ValueSet } from "./value_types.ts";
export { pyRepr, pyStr } from "./py_text.ts";

/**
 * The value of `--set name=TEXT`: true and false in any case, a float if there is a point in it, an int, else the
 * text as it is. Ints and floats are what Python's `int()` and `float()` accept, so `1_0` is 10 and `1e-3` a text.
 */
export function parseOverride(text: string): Value {
  const word = text.toLowerCase();
  if (word === "true" || word === "false") return word === "true";
  if (text.includes(".")) {
    const float = pyFloat(text);
    if (float !== undefined) return new Float(float);
  }
  return pyInt(text) ?? text;
}

/**
 * Plain JSON for any value: maps become objects with their keys as text, sets become arrays; what JSON has no number for
 * (ints beyond the safe range, infinities, NaN), dates and bytes become the text Python prints.
 */
export function valueToJson(value: Value): unknown {
  if (value === null || typeof value !== "object") return typeof value === "bigint" ? String(value) : value;
  if (value instanceof Float) return Number.isFinite(value.value) ? value.value : pyStr(value);
  if (value instanceof Timestamp || value instanceof Bytes) return pyStr(value);
  if (value instanceof ValueSet) return [...value.keys()].map(valueToJson);
  if (value instanceof Map) {
    return Object.fromEntries(Array.from(value, ([key, item]) => [pyStr(key), valueToJson(item)]));
  }
  return Array.from(value as readonly Value[], valueToJson);
}
