/**
 * Values printed as Python's `str()` and `repr()` print them.
 *
 * @module
 */

import { pyFloatText } from "./py_number.ts";
import { Bytes, Float, Timestamp, Tuple, type Value, ValueSet } from "./value_types.ts";

/** What Python's `str(value)` prints: the text an argument has on the command line. */
export function pyStr(value: Value): string {
  if (typeof value === "string") return value;
  return value instanceof Timestamp ? value.text : pyRepr(value);
}

/** What Python's `repr(value)` prints; sets are printed in file order. */
export function pyRepr(value: Value): string {
  switch (typeof value) {
    case "string":
      return stringRepr(value);
    case "boolean":
      return value ? "True" : "False";
    case "number":
    case "bigint":
      return String(value);
  }
  if (value === null) return "None";
  if (value instanceof Float) return pyFloatText(value.value);
  if (value instanceof Timestamp) return value.repr;
  if (value instanceof Bytes) return bytesRepr(value.data);
  return collectionRepr(value);
}

function collectionRepr(value: readonly Value[] | ReadonlyMap<Value, Value>): string {
  if (value instanceof ValueSet) {
    return value.size === 0 ? "set()" : `{${[...value.keys()].map(pyRepr).join(", ")}}`;
  }
  if (value instanceof Map) {
    const items: string[] = [];
    for (const [key, item] of value) items.push(`${pyRepr(key)}: ${pyRepr(item)}`);
    return `{${items.join(", ")}}`;
  }
  const items = Array.from(value as readonly Value[], pyRepr).join(", ");
  if (!(value instanceof Tuple)) return `[${items}]`;
  return value.length === 1 ? `(${items},)` : `(${items})`;
}

/** Python escapes what it calls not printable: control, format, unassigned and separator characters, save the blank. */
const SPECIAL = /[\\\p{C}\p{Z}]/u;
const SPECIALS = /[\\'\p{C}\p{Z}]/gu;
const SHORT: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", " ": " " };

function stringRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  if (quote === '"' || !text.includes("'")) {
    if (!SPECIAL.test(text)) return quote + text + quote;
  }
  const escaped = text.replace(SPECIALS, (char) => {
    if (char === "'") return quote === "'" ? "\\'" : char;
    return SHORT[char] ?? escapeCode(char.codePointAt(0)!);
  });
  return quote + escaped + quote;
}

function escapeCode(code: number): string {
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

function bytesRepr(data: Uint8Array): string {
  const quote = data.includes(0x27) && !data.includes(0x22) ? '"' : "'";
  let text = "";
  for (const byte of data) {
    const char = String.fromCharCode(byte);
    if (char === quote) text += `\\${char}`;
    else if (byte >= 0x20 && byte < 0x7f) text += SHORT[char] ?? char;
    else text += SHORT[char] ?? escapeCode(byte);
  }
  return `b${quote}${text}${quote}`;
}
