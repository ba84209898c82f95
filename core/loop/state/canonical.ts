/**
 * One text for one value: what is equal has the same bytes, whatever the order in which it was put together.
 *
 * As RFC 8785: members sorted by UTF-16 code units, everything else as JSON.stringify writes it.
 *
 * @module
 */

import { isPlain, notSerialisable } from "./not_serialisable.ts";

/** Deeper than any state should be, and shallow enough for the stack: what refers to itself is found out by it. */
const MAX_DEPTH = 1_000;

/** Below this length a look at each character is cheaper than a call of JSON.stringify. */
const SHORT_TEXT = 200;

// deno-lint-ignore no-control-regex
const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;

/** Members in order, for the object that was written last at each depth: neighbours mostly look alike. */
interface Shape {
  readonly keys: readonly string[];
  readonly sorted: readonly string[];
  /** Each sorted key, quoted and with its colon. */
  readonly labels: readonly string[];
}

/** Tells that a value cannot be written; which one and where is looked up then. */
class Unwritable extends Error {}

/**
 * Canonical JSON text of a value. Members that are `undefined` are left out, `-0` becomes `0`, and `toJSON` is not asked.
 *
 * @throws {StateNotSerialisable} If JSON cannot hold it, naming the path from `root`.
 */
export function canonicalJson(value: unknown, root = "state"): string {
  try {
    return write(value, 0, []);
  } catch (error) {
    if (error instanceof Unwritable) throw notSerialisable(value, root, MAX_DEPTH);
    throw error;
  }
}

function write(value: unknown, depth: number, shapes: Shape[]): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "number") return number(value);
  if (typeof value === "boolean") return value ? "true" : "false";
  if (value === null) return "null";
  if (typeof value !== "object" || depth > MAX_DEPTH) throw new Unwritable();
  return Array.isArray(value) ? writeArray(value, depth, shapes) : writeObject(value, depth, shapes);
}

function quote(text: string): string {
  return text.length < SHORT_TEXT && !NEEDS_ESCAPE.test(text) ? `"${text}"` : JSON.stringify(text);
}

function number(value: number): string {
  if (!Number.isFinite(value)) throw new Unwritable();
  return `${value}`;
}

function writeArray(items: readonly unknown[], depth: number, shapes: Shape[]): string {
  if (items.length === 0) return "[]";
  let text = "[" + write(items[0], depth + 1, shapes);
  for (let index = 1; index < items.length; index++) text += "," + write(items[index], depth + 1, shapes);
  return text + "]";
}

function writeObject(object: object, depth: number, shapes: Shape[]): string {
  if (!isPlain(object)) throw new Unwritable();
  const { sorted, labels } = shapeOf(Object.keys(object), depth, shapes);
  let text = "";
  for (let index = 0; index < sorted.length; index++) {
    const value = (object as Record<string, unknown>)[sorted[index]];
    if (value === undefined) continue;
    text += (text === "" ? "{" : ",") + labels[index] + write(value, depth + 1, shapes);
  }
  return text === "" ? "{}" : text + "}";
}

function shapeOf(keys: readonly string[], depth: number, shapes: Shape[]): Shape {
  const known = shapes[depth];
  if (known !== undefined && areSame(known.keys, keys)) return known;
  const sorted = isSorted(keys) ? keys : [...keys].sort(byCodeUnits);
  const shape = { keys, sorted, labels: sorted.map((key) => `${quote(key)}:`) };
  shapes[depth] = shape;
  return shape;
}

function areSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

function isSorted(keys: readonly string[]): boolean {
  for (let index = 1; index < keys.length; index++) if (keys[index - 1] > keys[index]) return false;
  return true;
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : 1;
}
