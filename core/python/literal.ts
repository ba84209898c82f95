/**
 * Number literals of Python.
 *
 * @module
 */

import { type Int, normalizeInt } from "./number.ts";
import { Float } from "../yaml/value.ts";

// Python refuses longer decimal literals, because reading them takes quadratic time.
const MAX_DIGITS = 4300;

/** The value of a number token; `undefined` for complex numbers and for decimals with leading zeros. */
export function readNumber(literal: string): Int | Float | undefined {
  const plain = literal.replaceAll("_", "");
  if (/^0[xob]/i.test(plain)) return normalizeInt(BigInt(plain));
  if (/[jJ]$/.test(plain)) return undefined;
  if (/[.eE]/.test(plain)) return new Float(Number(plain));
  if (/^0+[1-9]/.test(plain) || plain.length > MAX_DIGITS) return undefined;
  return normalizeInt(BigInt(plain));
}
