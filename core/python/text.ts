/**
 * Numbers out of text, as Python's `int()` and `float()` read them.
 *
 * @module
 */

import { pyFloat, pyInt } from "../yaml/py_number.ts";
import { expressionFailed, type Int, normalizeInt } from "./number.ts";

const INT = /^([+-]?)(0[xX]_?|0[oO]_?|0[bB]_?)?([0-9a-zA-Z]+(?:_[0-9a-zA-Z]+)*)$/;
const PREFIX_BASE: Readonly<Record<string, number>> = { x: 16, o: 8, b: 2 };
// Reading digits takes quadratic time; Python has the same limit for decimal ones.
const MAX_DIGITS = 4300;

/** `float(text)`. */
export function floatFromText(text: string): number {
  const value = pyFloat(text);
  if (value === undefined) throw expressionFailed(`could not convert string to float: '${text}'`);
  return value;
}

/** `int(text, base)`; base 0 takes it from the prefix. */
export function intFromText(text: string, base: number): Int {
  const value = base === 10 ? pyInt(text) : intInBase(plainDigits(text.trim()), base);
  if (value === undefined) throw expressionFailed(`invalid literal for int() with base ${base}: '${text}'`);
  return value;
}

/** Decimal digits of other scripts as `0` to `9`. */
function plainDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => String(pyInt(digit)));
}

function intInBase(text: string, base: number): Int | undefined {
  const match = INT.exec(text);
  if (match === null) return undefined;
  const [, sign, prefix, rest] = match;
  const prefixBase = prefix === undefined ? undefined : PREFIX_BASE[prefix[1].toLowerCase()];
  const prefixed = prefixBase !== undefined && (base === 0 || base === prefixBase);
  const digits = `${prefixed ? "" : prefix ?? ""}${rest}`.replaceAll("_", "");
  // Without a base, leading zeros would be an old octal; only zero itself may have them.
  if (base === 0 && !prefixed && /^0+[^0]/.test(digits)) return undefined;
  const size = readDigits(digits, prefixed ? prefixBase : base === 0 ? 10 : base);
  return size === undefined ? undefined : normalizeInt(sign === "-" ? -size : size);
}

function readDigits(digits: string, radix: number): bigint | undefined {
  if (digits.length > MAX_DIGITS) return undefined;
  let value = 0n;
  for (const char of digits) {
    const digit = parseInt(char, 36);
    if (digit >= radix) return undefined;
    value = value * BigInt(radix) + BigInt(digit);
  }
  return value;
}
