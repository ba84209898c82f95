import type { Backoff } from "../types/mod.ts";
import type { Faults } from "./faults.ts";

/** Waits between tries, milliseconds. */
export interface BackoffMs {
  readonly initialMs: number;
  readonly factor: number;
  readonly maxMs: number;
}

const DEFAULT: BackoffMs = { initialMs: 1_000, factor: 2, maxMs: 30_000 };

/** A length alone is waited each time. */
export function toBackoff(backoff: Backoff | undefined, faults: Faults, where: string): BackoffMs {
  if (backoff === undefined) return DEFAULT;
  if (typeof backoff !== "object") {
    const ms = faults.duration(backoff, where);
    return { initialMs: ms, factor: 1, maxMs: ms };
  }
  faults.unknownKeys(backoff, ["initial", "factor", "max"], where);
  const { initial, factor = DEFAULT.factor, max } = backoff;
  if (!Number.isFinite(factor) || factor < 1) faults.add(`${where}.factor must be a number from 1, not ${factor}`);
  return {
    initialMs: initial === undefined ? DEFAULT.initialMs : faults.duration(initial, `${where}.initial`),
    factor,
    maxMs: max === undefined ? DEFAULT.maxMs : faults.duration(max, `${where}.max`),
  };
}

/** How long to wait after failure number `failures`, from 1. */
export function waitMs({ initialMs, factor, maxMs }: BackoffMs, failures: number): number {
  return Math.min(maxMs, initialMs * factor ** (failures - 1));
}
