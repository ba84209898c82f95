/**
 * Lengths of time as people write them in code.
 *
 * @module
 */

import type { Duration } from "../types/mod.ts";

/** Milliseconds of each unit that may follow a number. */
export const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const DURATION = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)\s*$/;

/**
 * Milliseconds of a duration: a decimal number with one of the units `ms`, `s`, `m`, `h` or `d`, or a number, which is
 * milliseconds. `undefined` when it is neither, negative or not finite.
 */
export function durationMs(duration: Duration): number | undefined {
  const ms = typeof duration === "number" ? duration : ofText(duration);
  return ms >= 0 && ms < Infinity ? ms : undefined;
}

function ofText(text: string): number {
  const match = DURATION.exec(text);
  return match === null ? NaN : Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS];
}
