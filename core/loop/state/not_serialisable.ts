/**
 * What in a value JSON cannot hold, told so that a person finds it.
 *
 * @module
 */

import { StateNotSerialisable } from "../base/errors.ts";

const USE_A_CODEC = "describe it in the schema with z.codec(), or keep something plain in its place";

interface Fault {
  readonly path: string;
  readonly what: string;
  readonly hint?: string;
}

/** The error that names the first such place in `value`; paths begin with `root`. */
export function notSerialisable(value: unknown, root: string, maxDepth: number): StateNotSerialisable {
  const fault = find(value, root, { ancestors: [], maxDepth }) ?? { path: root, what: "something JSON cannot hold" };
  const { path, what, hint } = fault;
  return new StateNotSerialisable(`Cannot store ${path}: it is ${what}`, { hint, data: { path } });
}

interface Search {
  readonly ancestors: object[];
  readonly maxDepth: number;
}

function find(value: unknown, path: string, search: Search): Fault | undefined {
  if (typeof value !== "object" || value === null) return ofScalar(value, path);
  const { ancestors, maxDepth } = search;
  if (ancestors.includes(value)) return { path, what: "an object that holds itself" };
  if (ancestors.length >= maxDepth) return { path, what: `nested deeper than ${maxDepth}` };
  ancestors.push(value);
  const fault = Array.isArray(value) ? inArray(value, path, search) : inObject(value, path, search);
  ancestors.pop();
  return fault;
}

function ofScalar(value: unknown, path: string): Fault | undefined {
  if (typeof value === "number" && !Number.isFinite(value)) {
    return { path, what: String(value), hint: "use null for a number that is missing" };
  }
  if (typeof value === "bigint") return { path, what: `the bigint ${value}n`, hint: USE_A_CODEC };
  if (typeof value === "function" || typeof value === "symbol") return { path, what: `a ${typeof value}` };
  return value === undefined ? { path, what: "undefined", hint: "use null" } : undefined;
}

function inArray(items: readonly unknown[], path: string, search: Search): Fault | undefined {
  for (let index = 0; index < items.length; index++) {
    const fault = find(items[index], `${path}[${index}]`, search);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function inObject(object: object, path: string, search: Search): Fault | undefined {
  if (!isPlain(object)) {
    return { path, what: `of class ${object.constructor?.name || "without a name"}`, hint: USE_A_CODEC };
  }
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue;
    const fault = find(value, `${path}${member(key)}`, search);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Whether it is an object as a literal or JSON.parse makes it; one of another realm counts, too. */
export function isPlain(object: object): boolean {
  const prototype = Object.getPrototypeOf(object);
  if (prototype === Object.prototype || prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "isPrototypeOf");
}

/** `.name`, or `["any other key"]`. */
function member(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** A path of keys and positions as it is written in code. */
export function pathText(root: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => text + (typeof key === "number" ? `[${key}]` : member(String(key))), root);
}
