/**
 * The values of one swept parameter: a list, a single value, or a range such as `1..5`, `0..1:0.25`, `log:1e-4..1e-1:4`.
 *
 * @module
 */

import { isScalar, show } from "./section.ts";
import { narrow } from "../../yaml/py_number.ts";
import { Float, pyStr, type Value } from "../../yaml/value.ts";

/** Longer ranges are refused before they are built. */
const MOST_VALUES = 1_000_000;

/** Digits kept of the values of a logarithmic range: enough to tell settings apart, few enough to read. */
const LOG_DIGITS = 6;

const NUMBER = String.raw`[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d{1,3})?`;
const RANGE = new RegExp(`^\\s*(log:)?(${NUMBER})\\.\\.(${NUMBER})(?::(.*))?$`);

/** The values, or why there are none: words that follow the key's name. */
export type SweepValues = { readonly values: readonly Value[] } | { readonly error: string; readonly hint?: string };

/** What a key of a `matrix` may try. Texts in a list are texts; one that stands alone may be a range. */
export function parseSweepValues(value: Value): SweepValues {
  if (typeof value === "string") return parseSweepText(value) ?? { values: [value] };
  if (!Array.isArray(value)) return isScalar(value) ? finite([value]) : notValues(value);
  const items: readonly Value[] = value;
  if (items.length === 0) return { error: "has no values", hint: "give it some, or remove it" };
  const bad = items.find((item) => !isScalar(item));
  return bad === undefined ? finite(items) : { error: `must have plain values, not ${show(bad)}` };
}

function notValues(value: Value): SweepValues {
  return { error: `must be a list of values or a range, not ${show(value)}`, hint: "write it as [1, 2, 3] or 1..3" };
}

// No value is equal to it, not even itself: such a point could never be found again.
function finite(values: readonly Value[]): SweepValues {
  const isNaNValue = (value: Value) => value instanceof Float && Number.isNaN(value.value);
  return values.some(isNaNValue) ? { error: "cannot try nan, which is not equal to itself" } : { values };
}

/** The values of a range; `undefined` for a text that is none. */
export function parseSweepText(text: string): SweepValues | undefined {
  const match = RANGE.exec(text);
  if (match === null) return undefined;
  const [, log, start, end, rest] = match;
  return log === undefined ? linear(start, end, rest?.trim()) : logarithmic(start, end, rest?.trim());
}

/** A number as digits and how many of them stand behind the point. */
interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

function decimalOf(text: string): Decimal {
  const [mantissa, exponent = "0"] = text.toLowerCase().split("e");
  const [whole, fraction = ""] = mantissa.split(".");
  const sign = whole.startsWith("-") ? -1n : 1n;
  const digits = BigInt(`${whole.replace(/^[-+]/, "")}${fraction}` || "0") * sign;
  const places = fraction.length - Number(exponent);
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}

/** Both ends included, computed in decimals: binary fractions would show as 0.30000000000000004. */
function linear(start: string, end: string, step: string | undefined): SweepValues {
  if (step !== undefined && !new RegExp(`^${NUMBER}$`).test(step)) {
    return { error: `has a range whose step is no number: '${step}'`, hint: "write it as 0..1:0.25" };
  }
  const given = [start, end, ...(step === undefined ? [] : [step])];
  const decimals = given.map(decimalOf);
  const places = Math.max(...decimals.map((decimal) => decimal.places));
  const [from, to, by] = decimals.map((decimal) => decimal.digits * 10n ** BigInt(places - decimal.places));
  const one = 10n ** BigInt(places);
  const stride = by ?? (to < from ? -one : one);
  if (stride === 0n || (to !== from && (to < from) !== (stride < 0n))) {
    return { error: `has a range that never ends: a step of ${step} does not lead from ${start} to ${end}` };
  }
  const count = (to - from) / stride + 1n;
  if (count > MOST_VALUES) return tooLong(count);
  const isWhole = given.every((text) => /^[-+]?\d+$/.test(text));
  const valueOf = (scaled: bigint) => isWhole ? narrow(scaled) : new Float(Number(`${scaled}e-${places}`));
  return { values: Array.from({ length: Number(count) }, (_, i) => valueOf(from + stride * BigInt(i))) };
}

function tooLong(count: bigint): SweepValues {
  const most = MOST_VALUES.toLocaleString("en-US");
  return { error: `has a range of ${count.toLocaleString("en-US")} values; ${most} are the most`, hint: "add a step" };
}

function logarithmic(start: string, end: string, count: string | undefined): SweepValues {
  const hint = "write it as log:1e-4..1e-1:4, the last being how many";
  const [from, to, many] = [Number(start), Number(end), Number(count)];
  if (!(from > 0 && to > 0)) return { error: "has a logarithmic range that is not above 0", hint };
  if (count === undefined || !/^\d+$/.test(count) || many < 2) {
    return { error: "has a logarithmic range without how many values", hint };
  }
  if (many > MOST_VALUES) return tooLong(BigInt(many));
  const at = (i: number) => Math.exp(Math.log(from) + (Math.log(to) - Math.log(from)) * i / (many - 1));
  const rounded = (digits: number) =>
    Array.from({ length: many }, (_, i) => {
      if (i === 0) return from;
      return i === many - 1 ? to : Number(at(i).toPrecision(digits));
    });
  const short = rounded(LOG_DIGITS);
  const values = new Set(short).size === many ? short : rounded(15);
  return { values: values.map((value) => new Float(value)) };
}

/** Whether two values are one to Python: `1` and `1.0` are, `1` and `"1"` are not. */
export function isSameValue(a: Value, b: Value): boolean {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== undefined && y !== undefined) return x === y;
  return typeof a === typeof b && pyStr(a) === pyStr(b);
}

function numberOf(value: Value): number | undefined {
  if (value instanceof Float) return value.value;
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : undefined;
}
