/**
 * How large a value is that is to be sent, roughly. Plain loops, so that a large one is found out before it is copied.
 *
 * @module
 */

/** Deeper values are nobody's data; a circle is one of them. */
const MAX_DEPTH = 128;

const { getPrototypeOf, keys } = Object;
const { isView } = ArrayBuffer;

/**
 * Bytes that a message of this value takes, give or take half; `Infinity` as soon as it is more than `limit`, or if it
 * is nested too deep.
 *
 * @param {unknown} value
 * @param {number} limit
 * @returns {number}
 */
export function weigh(value, limit) {
  const bytes = add(value, 0, limit, 0);
  return bytes > limit ? Infinity : bytes;
}

function add(value, sum, limit, depth) {
  if (typeof value === "string") return sum + 8 + value.length;
  if (typeof value !== "object" || value === null) return sum + 8;
  if (depth > MAX_DEPTH) return Infinity;
  if (Array.isArray(value)) return addAll(value, sum + 16, limit, depth);
  if (isView(value)) return sum + 16 + value.buffer.byteLength;
  const prototype = getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return addMembers(value, sum, limit, depth);
  if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return sum + 16 + value.byteLength;
  if (value instanceof Map) return addAll([...value.keys(), ...value.values()], sum + 16, limit, depth);
  if (value instanceof Set) return addAll([...value], sum + 16, limit, depth);
  return addMembers(value, sum, limit, depth);
}

function addAll(items, sum, limit, depth) {
  // Holes too are written out.
  let total = sum + items.length;
  for (let i = 0; i < items.length && total <= limit; i++) total = add(items[i], total, limit, depth + 1);
  return total;
}

function addMembers(value, sum, limit, depth) {
  let total = sum + 16;
  for (const key of keys(value)) {
    if (total > limit) return total;
    total = add(value[key], total + key.length, limit, depth + 1);
  }
  return total;
}
