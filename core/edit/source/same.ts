import { Bytes, Float, Timestamp, type Value } from "../../yaml/value.ts";

/** Whether two values are the same: kinds, texts, numbers, the order of maps. What they share is looked at once. */
export function isSame(a: Value, b: Value, seen: WeakMap<object, WeakSet<object>> = new WeakMap()): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (a.constructor !== b.constructor) return false;
  if (a instanceof Float) return Object.is(a.value, (b as Float).value);
  if (a instanceof Timestamp) return a.repr === (b as Timestamp).repr && a.text === (b as Timestamp).text;
  if (a instanceof Bytes) return a.data.join() === (b as Bytes).data.join();
  if (seen.get(a)?.has(b)) return true;
  seen.set(a, (seen.get(a) ?? new WeakSet()).add(b));
  if (a instanceof Map) return sameMaps(a, b as ReadonlyMap<Value, Value>, seen);
  const [left, right] = [a as readonly Value[], b as readonly Value[]];
  return left.length === right.length && left.every((item, index) => isSame(item, right[index], seen));
}

function sameMaps(
  a: ReadonlyMap<Value, Value>,
  b: ReadonlyMap<Value, Value>,
  seen: WeakMap<object, WeakSet<object>>,
): boolean {
  if (a.size !== b.size) return false;
  const others = b.entries();
  for (const [key, value] of a) {
    const [otherKey, otherValue] = others.next().value!;
    if (!isSame(key, otherKey, seen) || !isSame(value, otherValue, seen)) return false;
  }
  return true;
}
