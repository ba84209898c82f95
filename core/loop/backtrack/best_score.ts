import { checkCount, checkKeys, checkNumber } from "../converge/checks.ts";
import { whenReady } from "../converge/ready.ts";
import { type Scored, scoreOf } from "../converge/score_window.ts";
import { Faults } from "../base/faults.ts";
import type { Later } from "../../ports/loop_store.ts";
import type { Backtrack, HistoryEntry } from "../types/mod.ts";

/** What counts as a regression. */
export interface BestScoreOptions<S> {
  /** Takes the place of the score; high is good. `null` and `NaN`: the step has none. */
  readonly metric?: (entry: HistoryEntry<S>) => Later<number | null>;
  /** How far below the best is borne; an equal score is never a regression. @default {0} */
  readonly minDrop?: number;
  /** Looks for a regression at every so many scored steps. @default {1} */
  readonly every?: number;
}

/** The best step, the newest of equals, and scored steps since it last looked. JSON. */
export interface BestScoreMemory {
  readonly best: Scored | null;
  readonly since: number;
}

/**
 * Goes back to the best step when the newest is worse: strictly below the best by more than `minDrop`. The next step then
 * starts from the state of the *newest* of the best steps. Failed steps and steps without a score change nothing.
 *
 * Nothing is deleted: history becomes a tree.
 *
 * @example Usage
 * ```ts
 * import { bestScore } from "@loom/loom";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(bestScore({ minDrop: 0.05 }).descriptor, { kind: "bestScore", minDrop: 0.05, every: 1, metric: "score" });
 * ```
 *
 * @param options What counts as a regression.
 * @returns For `backtrack`.
 * @throws {LoopConfigError} With everything that is wrong with the options.
 */
export function bestScore<S = unknown>(options: BestScoreOptions<S> = {}): Backtrack<S, BestScoreMemory> {
  const { metric, minDrop, every } = settingsOf(options);
  const measure = (entry: HistoryEntry<S>): Later<number | null> => metric === undefined ? entry.score : metric(entry);
  return {
    descriptor: { kind: "bestScore", minDrop, every, metric: metric === undefined ? "score" : "custom" },
    begin: () => ({ best: null, since: 0 }),
    observe(memory, entry) {
      if (entry.status === "error") return { memory };
      return whenReady(measure(entry), (measured) => {
        const score = scoreOf({ ...entry, score: measured, state: undefined });
        return score === undefined ? { memory } : judged(memory, { step: entry.step, score }, { minDrop, every });
      });
    },
  };
}

function settingsOf<S>(options: BestScoreOptions<S>) {
  const faults = new Faults();
  checkKeys(faults, options, ["metric", "minDrop", "every"]);
  const { metric, minDrop = 0, every = 1 } = options ?? {};
  faults.function(metric, "metric");
  checkNumber(faults, minDrop, "minDrop", { least: 0 });
  checkCount(faults, every, "every", 1);
  faults.throwIfAny("bestScore() cannot be made");
  return { metric, minDrop, every };
}

function judged(
  memory: BestScoreMemory,
  newest: Scored,
  { minDrop, every }: { readonly minDrop: number; readonly every: number },
): { memory: BestScoreMemory; restore?: number } {
  const since = (memory.since + 1) % every;
  if (memory.best === null || newest.score >= memory.best.score) return { memory: { best: newest, since } };
  const isRegression = since === 0 && memory.best.score - newest.score > minDrop;
  return { memory: { ...memory, since }, ...(isRegression && { restore: memory.best.step }) };
}
