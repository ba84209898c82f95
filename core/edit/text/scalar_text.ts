/**
 * Scalars as they are written into a file, so that PyYAML reads back what is meant.
 *
 * @module
 */

import { LoomError } from "../../errors.ts";
import { Bytes, Float, pyStr, Timestamp, type Value } from "../../yaml/value.ts";
import { isSame } from "../source/same.ts";
import type { Style } from "../source/node.ts";
import { YamlFault } from "../../yaml/fault.ts";
import { plainValue } from "../../yaml/scalar.ts";

/** What a scalar is written into. */
export interface ScalarPlace {
  /** Between brackets, where commas and brackets end a text. */
  readonly isFlow: boolean;
  /** How the value before it was written. */
  readonly style?: Style;
}

/** A text, number, truth or date on one line; quotes stay as they were, and come where they are needed. */
export function scalarToText(value: Value, place: ScalarPlace): string {
  if (typeof value === "string") return textToText(value, place);
  if (value instanceof Bytes) return `!!binary "${base64(value.data)}"`;
  return bareText(value);
}

/** Whether a text needs no quotes there. */
export function isPlainSafe(text: string, isFlow: boolean): boolean {
  if (text === "" || text === "=" || text === "<<" || text.trim() !== text) return false;
  if (PLAIN_BREAKERS.test(text) || /^(?:---|\.\.\.)(?:\s|$)/.test(text)) return false;
  if (isFlow ? FLOW_START.test(text) : BLOCK_START.test(text)) return false;
  if (isFlow && FLOW_BREAKERS.test(text)) return false;
  return readsAs(text, text);
}

/** Whether a scalar without quotes is read as this value. */
export function readsAs(text: string, value: Value): boolean {
  try {
    return isSame(plainValue(text), value);
  } catch (fault) {
    if (fault instanceof YamlFault) return false;
    throw fault;
  }
}

/** What ends a text without quotes, or stands for something else in it: comments, colons, breaks, what cannot be seen. */
const PLAIN_BREAKERS =
  /: |:$| #|[\t\n\r]|[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;
const BLOCK_START = /^(?:[,\[\]{}#&*!|>'"%@`]|[-?:](?:\s|$))/;
const FLOW_START = /^(?:[,\[\]{}#&*!|>'"%@`?:]|-(?:[\s,\[\]{}]|$))/;
const FLOW_BREAKERS = /[,\[\]{}?]|:(?:[,\[\]{}]|$)/;

function textToText(text: string, { isFlow, style }: ScalarPlace): string {
  if (style === "double") return doubleQuoted(text);
  if (style === "single" && isSingleSafe(text)) return singleQuoted(text);
  if (style !== "single" && isPlainSafe(text, isFlow)) return text;
  // Without a model to follow: the quotes that need the fewest escapes.
  return text.includes("'") || !isSingleSafe(text) || style === undefined || style === "plain" || style === "none"
    ? doubleQuoted(text)
    : singleQuoted(text);
}

function isSingleSafe(text: string): boolean {
  return !/[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u.test(text);
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const ESCAPED = /[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]|["\\]/gu;
const SHORT: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\0": "\\0",
};

function doubleQuoted(text: string): string {
  if (!text.isWellFormed()) {
    throw new LoomError("invalid-text", "Cannot write a text that is not Unicode: it holds half of a character");
  }
  return `"${text.replace(ESCAPED, (char) => SHORT[char] ?? escapeOf(char.codePointAt(0)!))}"`;
}

function escapeOf(code: number): string {
  const hex = code.toString(16);
  return code <= 0xff ? `\\x${hex.padStart(2, "0")}` : `\\u${hex.padStart(4, "0")}`;
}

function bareText(value: Value): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return value ? "true" : "false";
  if (value instanceof Float) return floatText(value);
  if (value instanceof Timestamp) return value.text;
  return pyStr(value);
}

/** Python's own text of a float may read back as a text: in YAML 1.1, `1e-05` has no point and is no number. */
function floatText(value: Float): string {
  if (Number.isNaN(value.value)) return ".nan";
  if (!Number.isFinite(value.value)) return value.value > 0 ? ".inf" : "-.inf";
  const text = pyStr(value);
  return text.includes(".") ? text : text.replace("e", ".0e");
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
