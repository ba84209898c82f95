/**
 * Float arithmetic as exact as Python's: the results that are correctly rounded there are so here.
 *
 * @module
 */

const MANTISSA_BITS = 53;
const MIN_EXPONENT = -1021;

/** Number of bits of the absolute value; 0 for 0. */
export function bitLength(value: bigint): number {
  const digits = (value < 0n ? -value : value).toString(16);
  return digits === "0" ? 0 : digits.length * 4 - Math.clz32(parseInt(digits[0], 16)) + 28;
}

/** The finite `value` as `mantissa * 2 ** exponent`, exactly. */
export function decompose(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  return { mantissa: value < 0 ? -mantissa : mantissa, exponent: (biased === 0 ? 1 : biased) - 1075 };
}

/** `a / b` rounded once, half to even; ±Infinity when it is too large. `b` is not 0. */
export function divideExactly(a: bigint, b: bigint): number {
  const negative = a < 0n !== b < 0n;
  const size = divideSizes(a < 0n ? -a : a, b < 0n ? -b : b);
  return negative ? -size : size;
}

function divideSizes(a: bigint, b: bigint): number {
  if (a === 0n) return 0;
  const shift = Math.max(bitLength(a) - bitLength(b), MIN_EXPONENT) - MANTISSA_BITS - 2;
  if (shift > 1100) return Infinity;
  const [top, bottom] = shift < 0 ? [a << BigInt(-shift), b] : [a, b << BigInt(shift)];
  const quotient = top / bottom;
  const inexact = quotient * bottom === top ? 0n : 1n;
  const extra = BigInt(Math.max(bitLength(quotient), MIN_EXPONENT - shift) - MANTISSA_BITS);
  return scale(Number(roundBits(quotient | inexact, extra)), shift);
}

/** Drop the lowest `count` bits, half to even; the places stay, as zeros. */
function roundBits(value: bigint, count: bigint): bigint {
  const half = 1n << (count - 1n);
  const kept = (value >> count) << count;
  const rest = value - kept;
  const up = rest > half || (rest === half && ((value >> count) & 1n) === 1n);
  return up ? kept + 2n * half : kept;
}

/** `value * 2 ** exponent`, in two steps because the power alone may be out of range. */
function scale(value: number, exponent: number): number {
  const first = Math.trunc(exponent / 2);
  return value * 2 ** first * 2 ** (exponent - first);
}

/** `numerator / denominator` to the nearest integer, half to even; `denominator` is positive. */
export function roundRatio(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n;
  const size = negative ? -numerator : numerator;
  let quotient = size / denominator;
  const twice = (size - quotient * denominator) * 2n;
  if (twice > denominator || (twice === denominator && (quotient & 1n) === 1n)) quotient += 1n;
  return negative ? -quotient : quotient;
}

/** A finite float rounded to `digits` decimals (negative: tens, hundreds …), half to even on its exact value. */
export function roundFloat(value: number, digits: number): number {
  if (!Number.isFinite(value) || value === 0 || digits > 323) return value;
  if (digits < -308) return value < 0 ? -0 : 0;
  const { mantissa, exponent } = decompose(value);
  const power = 10n ** BigInt(Math.abs(digits));
  const numerator = (exponent > 0 ? mantissa << BigInt(exponent) : mantissa) * (digits > 0 ? power : 1n);
  const denominator = (exponent < 0 ? 1n << BigInt(-exponent) : 1n) * (digits < 0 ? power : 1n);
  const rounded = roundRatio(numerator, denominator);
  if (rounded === 0n) return value < 0 ? -0 : 0;
  return digits > 0 ? divideExactly(rounded, power) : divideExactly(rounded * power, 1n);
}
