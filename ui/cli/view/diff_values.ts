import type { Scalar } from "../../../core/ports/store.ts";

/** A value as a table shows it; `-` where there is none. */
export function scalarText(value: Scalar | undefined): string {
  return value === undefined ? "-" : String(value);
}

const DIGITS = 4;

/** `+0.03`. */
export function differenceText(difference: number): string {
  return signed(Number(difference.toPrecision(DIGITS)));
}

/** `+3.3 %`. */
export function percentText(ratio: number): string {
  return `${signed(Number((ratio * 100).toPrecision(2)))} %`;
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value);
}
