/**
 * Numbers out of text, as Python's `int()` and `float()` read them.
 *
 * @module
 */

import { expressionFailed, type Int, normalizeInt } from "./python_number.ts";

// What str.strip() removes; JavaScript's trim() also takes the byte order mark, and leaves U+001C to U+001F and U+0085.
const SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*";
const STRIP = new RegExp(`^${SPACE}|${SPACE}$`, "g");
const FLOAT = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?$/;
const SPECIAL = /^([+-]?)(?:(inf|infinity)|nan)$/i;
const INT = /^([+-]?)(0[xX]_?|0[oO]_?|0[bB]_?)?([0-9a-zA-Z]+(?:_[0-9a-zA-Z]+)*)$/;
const PREFIX_BASE: Readonly<Record<string, number>> = { x: 16, o: 8, b: 2 };
// Python's own limit against texts that take quadratic time.
const MAX_DIGITS = 4300;

/** `float(text)`. */
export function parseFloatText(text: string): number {
  const plain = asciiDigits(text.replace(STRIP, ""));
  const special = SPECIAL.exec(plain);
  if (special !== null) return special[2] === undefined ? NaN : special[1] === "-" ? -Infinity : Infinity;
  if (!FLOAT.test(plain)) throw expressionFailed(`could not convert string to float: '${text}'`);
  return Number(plain.replaceAll("_", ""));
}

/** `int(text, base)`; base 0 takes it from the prefix. */
export function parseIntText(text: string, base: number): Int {
  const parts = splitInt(asciiDigits(text.replace(STRIP, "")), base);
  const value = parts === undefined ? undefined : digitsToBigint(parts.digits, parts.radix);
  if (value === undefined) throw expressionFailed(`invalid literal for int() with base ${base}: '${text}'`);
  return normalizeInt(parts?.sign === "-" ? -value : value);
}

function splitInt(text: string, base: number): { sign: string; digits: string; radix: number } | undefined {
  const match = INT.exec(text);
  if (match === null) return undefined;
  const [, sign, prefix, rest] = match;
  const prefixBase = prefix === undefined ? undefined : PREFIX_BASE[prefix[1].toLowerCase()];
  if (prefixBase !== undefined && (base === 0 || base === prefixBase)) {
    return { sign, digits: rest.replaceAll("_", ""), radix: prefixBase };
  }
  if (prefix?.endsWith("_") && base === 0) return undefined;
  const digits = `${prefix ?? ""}${rest}`.replaceAll("_", "");
  // Without a base, leading zeros would be an old octal; only zero itself may have them.
  if (base === 0 && /^0+[^0]/.test(digits)) return undefined;
  return { sign, digits, radix: base === 0 ? 10 : base };
}

function digitsToBigint(digits: string, radix: number): bigint | undefined {
  if (digits.length > MAX_DIGITS) throw expressionFailed(`a number of more than ${MAX_DIGITS} digits in a text`);
  let value = 0n;
  for (const char of digits) {
    const digit = parseInt(char, 36);
    if (!(digit < radix)) return undefined;
    value = value * BigInt(radix) + BigInt(digit);
  }
  return value;
}

/** Decimal digits of other scripts as `0` to `9`. */
function asciiDigits(text: string): string {
  return /[\u0080-\uffff]/.test(text) ? text.replace(/\p{Nd}/gu, (char) => String(digitValue(char))) : text;
}

function digitValue(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  // Five rows of mathematical digits follow each other; all other rows start at a code that ends in 0 or 6.
  if (code >= 0x1d7ce && code <= 0x1d7ff) return (code - 0x1d7ce) % 10;
  const row = code & ~0xf;
  return /\p{Nd}/u.test(String.fromCodePoint(row)) ? code - row : code - row - 6;
}
