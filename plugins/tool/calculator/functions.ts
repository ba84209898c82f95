/**
 * Functions that expressions may call.
 *
 * @module
 */

/** What an expression works with. */
export type Value = number | readonly number[];

/** A function, with how many values it takes. */
export interface Callable {
  readonly least: number;
  readonly most: number;
  readonly call: (...values: readonly Value[]) => number;
}

/** The largest exponent. What is above takes long, and is no number in the end. */
const MAX_EXPONENT = 10_000;

/** Factorials above are no finite number. */
const MAX_FACTORIAL = 170;

/** `base ** exponent`. @throws {RangeError} */
export function power(base: number, exponent: number): number {
  if (Math.abs(exponent) > MAX_EXPONENT) {
    throw new RangeError(`The exponent ${exponent} is larger than ${MAX_EXPONENT}`);
  }
  return base ** exponent;
}

/** A quotient. @throws {RangeError} */
export function quotient(a: number, b: number): number {
  if (b === 0) throw new RangeError("Division by zero");
  return a / b;
}

/** What is left, with the sign of the divisor, as Python has it. */
export function remainder(a: number, b: number): number {
  return a - b * Math.floor(quotient(a, b));
}

/** All functions by name. */
export const FUNCTIONS: Readonly<Record<string, Callable>> = {
  abs: one(Math.abs),
  acos: one(Math.acos),
  asin: one(Math.asin),
  atan: one(Math.atan),
  atan2: two(Math.atan2),
  cagr: { least: 3, most: 3, call: (...values) => cagr(...numbers(values) as [number, number, number]) },
  cbrt: one(Math.cbrt),
  ceil: one(Math.ceil),
  cos: one(Math.cos),
  cosh: one(Math.cosh),
  degrees: one((x) => x * 180 / Math.PI),
  exp: one(Math.exp),
  factorial: one(factorial),
  floor: one(Math.floor),
  fv: { least: 3, most: 3, call: (...values) => fv(...numbers(values) as [number, number, number]) },
  gcd: two(gcd),
  hypot: many((xs) => Math.hypot(...xs)),
  log: { least: 1, most: 2, call: (...values) => log(...numbers(values) as [number, number?]) },
  log10: one(Math.log10),
  log2: one(Math.log2),
  max: many((xs) => Math.max(...xs)),
  mean: many((xs) => quotient(sum(xs), xs.length)),
  median: many(median),
  min: many((xs) => Math.min(...xs)),
  npv: { least: 2, most: 2, call: (rate, flows) => npv(numbers([rate])[0], list(flows)) },
  pmt: { least: 3, most: 3, call: (...values) => pmt(...numbers(values) as [number, number, number]) },
  pow: two(power),
  pv: { least: 3, most: 3, call: (...values) => pv(...numbers(values) as [number, number, number]) },
  radians: one((x) => x * Math.PI / 180),
  round: { least: 1, most: 2, call: (...values) => round(...numbers(values) as [number, number?]) },
  sin: one(Math.sin),
  sinh: one(Math.sinh),
  sqrt: one(Math.sqrt),
  stdev: many(stdev),
  sum: many(sum),
  tan: one(Math.tan),
  tanh: one(Math.tanh),
  trunc: one(Math.trunc),
};

function one(call: (x: number) => number): Callable {
  return { least: 1, most: 1, call: (x) => call(numbers([x])[0]) };
}

function two(call: (x: number, y: number) => number): Callable {
  return {
    least: 2,
    most: 2,
    call: (...values) => {
      const [x, y] = numbers(values);
      return call(x, y);
    },
  };
}

/** Of a list, or of as many numbers. */
function many(call: (xs: readonly number[]) => number): Callable {
  return { least: 1, most: 10_000, call: (...values) => call(values.flat() as number[]) };
}

function numbers(values: readonly Value[]): readonly number[] {
  return values.map((value) => {
    if (typeof value === "number") return value;
    throw new RangeError("A list stands where a number is needed");
  });
}

function list(value: Value): readonly number[] {
  if (typeof value !== "number") return value;
  throw new RangeError("A number stands where a list is needed");
}

function sum(xs: readonly number[]): number {
  return xs.reduce((total, x) => total + x, 0);
}

function factorial(n: number): number {
  if (!Number.isInteger(n) || n < 0 || n > MAX_FACTORIAL) {
    throw new RangeError(`factorial takes 0 to ${MAX_FACTORIAL}, not ${n}`);
  }
  let product = 1;
  for (let i = 2; i <= n; i++) product *= i;
  return product;
}

function gcd(a: number, b: number): number {
  if (!Number.isInteger(a) || !Number.isInteger(b)) throw new RangeError("gcd takes whole numbers");
  return b === 0 ? Math.abs(a) : gcd(b, a % b);
}

function log(x: number, base?: number): number {
  return base === undefined ? Math.log(x) : quotient(Math.log(x), Math.log(base));
}

function round(x: number, digits: number = 0): number {
  if (!Number.isInteger(digits) || Math.abs(digits) > 100) {
    throw new RangeError(`round takes -100 to 100 digits, not ${digits}`);
  }
  return digits < 0 ? Math.round(x / 10 ** -digits) * 10 ** -digits : Number(x.toFixed(digits));
}

function median(xs: readonly number[]): number {
  const sorted = xs.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Of a sample. */
function stdev(xs: readonly number[]): number {
  if (xs.length < 2) throw new RangeError("stdev takes two numbers or more");
  const mean = sum(xs) / xs.length;
  return Math.sqrt(sum(xs.map((x) => (x - mean) ** 2)) / (xs.length - 1));
}

/** Net present value: the first flow is today, the others a period apart. */
function npv(rate: number, flows: readonly number[]): number {
  return sum(flows.map((flow, period) => quotient(flow, power(1 + rate, period))));
}

/** Compound growth in each period. */
function cagr(first: number, last: number, periods: number): number {
  if (first <= 0 || last < 0 || periods <= 0) throw new RangeError("cagr takes positive numbers: first, last, periods");
  return power(last / first, 1 / periods) - 1;
}

/** Future value of an amount. */
function fv(rate: number, periods: number, amount: number): number {
  return amount * power(1 + rate, periods);
}

/** Present value of an amount. */
function pv(rate: number, periods: number, amount: number): number {
  return quotient(amount, power(1 + rate, periods));
}

/** Payment of each period for a loan. */
function pmt(rate: number, periods: number, amount: number): number {
  return rate === 0 ? quotient(amount, periods) : quotient(amount * rate, 1 - power(1 + rate, -periods));
}
