/**
 * The newest scores of a run and the best one before them: all that is needed to tell whether it still gets better.
 *
 * @module
 */

import type { HistoryEntry } from "../types/mod.ts";

/** A score and where it was reached. */
export interface Scored {
  readonly step: number;
  readonly score: number;
}

/** At most `size` newest scores, oldest first. JSON; does not grow with the run. */
export interface ScoreWindow {
  readonly best: Scored | null;
  readonly recent: readonly Scored[];
}

export const emptyWindow: ScoreWindow = { best: null, recent: [] };

/** The score of a step; `undefined` if it has none that can be compared. */
export function scoreOf({ status, score }: HistoryEntry<unknown>): number | undefined {
  // JSON has no negative zero: what is remembered must not change when it is stored.
  return status === "ok" && Number.isFinite(score) ? (score as number) + 0 : undefined;
}

/** The window moved on by one score. `isBetter` compares with the best; of equals the first stays. */
export function moveOn(
  { best, recent }: ScoreWindow,
  scored: Scored,
  { size, isBetter }: { readonly size: number; readonly isBetter: (a: number, b: number) => boolean },
): ScoreWindow {
  const moved = [...recent, scored];
  if (moved.length <= size) return { best, recent: moved };
  const [left, ...rest] = moved;
  return { best: best === null || isBetter(left.score, best.score) ? left : best, recent: rest };
}
