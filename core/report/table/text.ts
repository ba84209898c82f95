import type { Cell, Column } from "./column.ts";
import { finiteOf, numberOf } from "./number.ts";

/** Digits that count of the largest number of a column. */
const DIGITS = 4;

/** More digits are shown, so many, where numbers would look the same otherwise; of how many numbers that is found out. */
const MORE = 3;
const COMPARED = 200;

/** Beyond these a power of ten is clearer. */
const [LARGEST, SMALLEST] = [1e7, 1e-4];

/** What stands for nothing. */
export const MISSING = "-";

/** How an instant and a length of time are written. */
export interface Times {
  readonly time: (ms: number) => string;
  readonly duration: (ms: number) => string;
}

/** The texts of a column's cells: numbers with as many digits as tell them apart. */
export function columnTexts({ kind }: Column, cells: readonly Cell[], times: Times): readonly string[] {
  if (kind === "time") return cells.map((cell) => cell === undefined ? MISSING : times.time(Number(cell)));
  if (kind === "duration") return cells.map((cell) => cell === undefined ? MISSING : times.duration(Number(cell)));
  const number = kind === "metric" ? metricText(cells) : remembered(plainNumber);
  return cells.map((cell) => {
    if (cell === undefined) return kind === "label" ? "" : MISSING;
    if (cell === null) return kind === "metric" ? MISSING : "null";
    return typeof cell === "number" ? number(cell) : String(cell);
  });
}

/** Of thousands of parameters few differ. */
function remembered(text: (value: number) => string): (value: number) => string {
  const known = new Map<number, string>();
  return (value) => {
    const made = known.get(value) ?? text(value);
    known.set(value, made);
    return made;
  };
}

/** Whether all that a column holds are numbers, so that they stand better to the right. */
export function isNumeric({ kind }: Column, cells: readonly Cell[]): boolean {
  if (kind === "label" || kind === "time") return false;
  return kind === "duration" ||
    cells.every((cell) => cell === undefined || cell === null || numberOf(cell) !== undefined);
}

/** A number as a person wrote it, without the digits that arithmetic left behind. */
export function plainNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  return shortPower(Number(value.toPrecision(6)));
}

function shortPower(value: number): string {
  return String(value).replace("e+", "e");
}

/** All numbers of a metric with the same decimals, so that they can be compared at a glance. */
function metricText(cells: readonly Cell[]): (value: number) => string {
  const numbers = [...new Set(cells.flatMap((cell) => finiteOf(cell) ?? []))];
  if (numbers.every((number) => Number.isInteger(number))) return plainNumber;
  let [largest, smallest] = [0, Infinity];
  for (const number of numbers) {
    const size = Math.abs(number);
    largest = Math.max(largest, size);
    if (size > 0) smallest = Math.min(smallest, size);
  }
  if (largest >= LARGEST || smallest < SMALLEST) return (value) => shortPower(Number(value.toPrecision(DIGITS)));
  const least = Math.max(0, DIGITS - 1 - Math.floor(Math.log10(largest)));
  if (numbers.length > COMPARED) return (value) => value.toFixed(least + 1);
  const decimals = Array.from({ length: MORE }, (_, more) => least + more).find((count) => areApart(numbers, count));
  return (value) => value.toFixed(decimals ?? least + MORE);
}

function areApart(numbers: readonly number[], decimals: number): boolean {
  return new Set(numbers.map((number) => number.toFixed(decimals))).size === numbers.length;
}
