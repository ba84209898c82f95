/**
 * Changes of a value, by paths: what every change of a text is held against.
 *
 * @module
 */

import type { YamlPath } from "../../errors.ts";
import { pyStr, type Value, ValueSet } from "../../yaml/value.ts";

/** One change. Texts in a path are keys as the reader shows them, numbers are indexes from 0. */
export type Op =
  /** A new value; a key that is not there yet comes last. `source` is how it should be spelled, if that fits. */
  | { readonly kind: "set"; readonly at: YamlPath; readonly value: Value; readonly source?: string }
  /** Another name for a key, at its place. */
  | { readonly kind: "rename"; readonly at: YamlPath; readonly key: string }
  | { readonly kind: "remove"; readonly at: YamlPath }
  /** A new item of the list at `at`, before the one that has this index now. */
  | { readonly kind: "insert"; readonly at: YamlPath; readonly index: number; readonly value: Value }
  /** An item goes into the list at `to`, where it has this index afterwards. */
  | { readonly kind: "move"; readonly at: YamlPath; readonly to: YamlPath; readonly index: number };

type ValueMap = ReadonlyMap<Value, Value>;
type ValueList = readonly Value[];

/** The value after the change; what it has in common with the one before is shared. */
export function applyOp(root: Value, op: Op): Value {
  switch (op.kind) {
    case "set":
      return changeAt(root, op.at, () => op.value);
    case "rename":
      return changeAt(root, op.at.slice(0, -1), (map) => renamed(map, String(op.at.at(-1)), op.key));
    case "remove":
      return changeAt(root, op.at.slice(0, -1), (owner) => without(owner, op.at.at(-1)!));
    case "insert":
      return changeAt(root, op.at, (list) => inserted(list, op.index, op.value));
    case "move": {
      const item = valueAt(root, op.at)!;
      const rest = applyOp(root, { kind: "remove", at: op.at });
      return applyOp(rest, { kind: "insert", at: op.to, index: op.index, value: item });
    }
  }
}

/** The value at a path; `undefined` where there is none. */
export function valueAt(root: Value, at: YamlPath): Value | undefined {
  let value: Value | undefined = root;
  for (const part of at) value = value === undefined ? undefined : childOf(value, part);
  return value;
}

/** What a list or a map has under an index or a key. */
export function childOf(owner: Value, part: string | number): Value | undefined {
  if (Array.isArray(owner)) return typeof part === "number" ? owner[part] : undefined;
  if (!(owner instanceof Map) || owner instanceof ValueSet) return undefined;
  const key = keyOf(owner, String(part));
  return key === undefined ? undefined : (owner as ValueMap).get(key.value);
}

/** The key of a map that is shown as `name`. */
function keyOf(map: ValueMap, name: string): { readonly value: Value } | undefined {
  // Of keys that look alike, such as 1 and "1", the last is meant, as it is in the tree.
  let found: { readonly value: Value } | undefined;
  if (!hasOddKeys(map)) return map.has(name) ? { value: name } : undefined;
  for (const key of map.keys()) if (pyStr(key) === name) found = { value: key };
  return found;
}

const odd = new WeakMap<ValueMap, boolean>();

function hasOddKeys(map: ValueMap): boolean {
  let known = odd.get(map);
  if (known === undefined) odd.set(map, known = map.keys().some((key) => typeof key !== "string"));
  return known;
}

function changeAt(owner: Value, at: YamlPath, change: (value: Value) => Value): Value {
  if (at.length === 0) return change(owner);
  const [part, ...rest] = at;
  if (Array.isArray(owner)) {
    const index = part as number;
    return (owner as ValueList).with(index, changeAt(owner[index], rest, change));
  }
  const map = (owner ?? new Map()) as ValueMap;
  const key = keyOf(map, String(part))?.value ?? String(part);
  return new Map(map).set(key, changeAt(map.get(key) ?? null, rest, change));
}

function renamed(map: Value, name: string, key: string): Value {
  const old = keyOf(map as ValueMap, name)?.value;
  return new Map([...map as ValueMap].map(([other, value]) => [other === old ? key : other, value]));
}

function without(owner: Value, part: string | number): Value {
  if (Array.isArray(owner)) return (owner as ValueList).toSpliced(part as number, 1);
  const map = new Map(owner as ValueMap);
  const key = keyOf(map, String(part));
  if (key !== undefined) map.delete(key.value);
  return map;
}

function inserted(list: Value, index: number, value: Value): Value {
  return ((list ?? []) as ValueList).toSpliced(index, 0, value);
}
