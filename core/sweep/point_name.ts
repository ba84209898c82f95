/**
 * What a point of a sweep is called: made of its values alone, so that it is the same in every sweep that has it.
 *
 * @module
 */

import { looksSecret } from "../graph/display.ts";
import { parseOverride, pyStr, type Value } from "../yaml/value.ts";

/** Longer names are cut and told apart by a digest: file systems take 255 bytes, and people read fewer. */
const MOST_LETTERS = 100;

/** Letters of a digest. */
const DIGEST_LETTERS = 8;

/** SHA-256 of a text, in hexadecimal digits. */
export type Digest = (text: string) => string;

/**
 * `lr=0.1,seed=1`: names sorted, values as Python prints them. Safe as the name of a folder; different values have
 * different names, for whatever was changed or cut is followed by a digest of the whole.
 */
export function pointName(values: Iterable<readonly [key: string, value: Value]>, digest: Digest): string {
  const sorted = [...values].sort(([a], [b]) => a < b ? -1 : 1);
  const plain = sorted.map(([key, value]) => `${key}=${pyStr(value)}`).join(",");
  const isPlain = sorted.every(([key, value]) => /^[\w-]+$/.test(key) && isPlainValue(value) && !looksSecret(key));
  if (isPlain && plain.length <= MOST_LETTERS) return plain;
  const safe = sorted.map(([key, value]) => `${safeText(key)}=${looksSecret(key) ? "hidden" : safeText(pyStr(value))}`)
    .join(",");
  const whole = JSON.stringify(sorted.map(([key, value]) => [key, typeof value, pyStr(value)]));
  return `${safe.slice(0, MOST_LETTERS - DIGEST_LETTERS - 1)}~${digest(whole).slice(0, DIGEST_LETTERS)}`;
}

/** Whether the value can be read off its text: `"1"` looks like the number, and `a,b=1` like two values. */
function isPlainValue(value: Value): boolean {
  const text = pyStr(value);
  if (!/^[A-Za-z0-9_.+-]+$/.test(text)) return false;
  return typeof value !== "string" ||
    (text !== "None" && parseOverride(text) === text && !/^[-+]?\d[\d.]*e/i.test(text));
}

function safeText(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_.+-]/g, "_");
}
