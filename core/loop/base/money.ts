/**
 * Money: USD where people see it, integer nano-USD (1e-9 USD) everywhere else, so that sums are exact.
 *
 * @module
 */

const NANO_PER_USD = 1_000_000_000;

/** Most that nano-USD count without a gap, in whole USD. */
const MAX_USD = Math.floor(Number.MAX_SAFE_INTEGER / NANO_PER_USD);

/** Digits people are shown; below, as many as it takes to show the first ones that are not zero. */
const SHOWN_DIGITS = 4;

/**
 * Nano-USD nearest to an amount of USD; to the last digit up to 8,388,608 USD, where numbers begin to be coarser.
 *
 * @throws {RangeError} If it is negative, not a finite number, or more than 9,007,199 USD.
 */
export function toNano(usd: number): number {
  if (!(usd >= 0 && usd <= MAX_USD)) {
    throw new RangeError(`An amount of USD is a number from 0 to ${MAX_USD}, not ${String(usd)}`);
  }
  // The part before the point is kept out of the product, which could not hold all digits of both.
  const whole = Math.floor(usd);
  return whole * NANO_PER_USD + Math.round((usd - whole) * NANO_PER_USD);
}

/**
 * USD of a number of nano-USD: the number that is written with exactly its digits, `0.1` for 100,000,000.
 *
 * @throws {RangeError} If it is not a whole number from 0.
 */
export function toUsd(nano: number): number {
  if (!Number.isSafeInteger(nano) || nano < 0) {
    throw new RangeError(`An amount of nano-USD is a whole number from 0, not ${String(nano)}`);
  }
  // Both are exact and division rounds correctly, so this is the double nearest to the decimal.
  return nano / NANO_PER_USD;
}

/** `$0.1500`: four decimals, and more for what would show as nothing. */
export function usdText(nano: number): string {
  const usd = toUsd(nano);
  const isTiny = nano > 0 && usd < 10 ** -SHOWN_DIGITS;
  return isTiny ? `$${usd.toFixed(9).replace(/0+$/, "")}` : `$${usd.toFixed(SHOWN_DIGITS)}`;
}
