import { Faults } from "../base/faults.ts";
import type { Detector } from "../types/mod.ts";
import { checkCount, checkKeys, checkNumber } from "./checks.ts";
import { emptyWindow, moveOn, scoreOf, type ScoreWindow } from "./score_window.ts";

/** When scores count as flat. */
export interface ScorePlateauOptions {
  /** Scores in a row that bring too little. @default {3} */
  readonly patience?: number;
  /** What a score has to gain on the best one before to count. @default {0.01} */
  readonly minDelta?: number;
  /** Whether high or low scores are good. @default {"max"} */
  readonly direction?: "max" | "min";
}

/**
 * Ends a loop when its scores no longer get better.
 *
 * It takes `patience + 1` scored steps at least. The loop is done when none of the last `patience` scores beats the best
 * one *before* them by `minDelta` or more; a score that is equal to the best never beats it. Failed steps and steps
 * without a score are passed over. Scores have any unit; `minDelta` has the same. Early stopping as in Prechelt, "Early
 * Stopping — But When?", 1998.
 *
 * @example Usage
 * ```ts
 * import { scorePlateau } from "@loom/loom";
 * import { deepEqual } from "node:assert/strict";
 *
 * const detector = scorePlateau({ patience: 5, minDelta: 0.001 });
 * deepEqual(detector.descriptor, { kind: "scorePlateau", patience: 5, minDelta: 0.001, direction: "max" });
 * ```
 *
 * @param options Patience, least gain and direction.
 * @returns For `convergeOn`.
 * @throws {LoopConfigError} With everything that is wrong with the options.
 */
export function scorePlateau<S = unknown>(options: ScorePlateauOptions = {}): Detector<S, ScoreWindow> {
  const settings = settingsOf(options);
  const { patience, minDelta } = settings;
  const sign = settings.direction === "max" ? 1 : -1;
  const isBetter = (a: number, b: number) => sign * a > sign * b;
  const isGain = (score: number, best: number) => isBetter(score, best) && sign * (score - best) >= minDelta;
  return {
    descriptor: { kind: "scorePlateau", ...settings },
    begin: () => emptyWindow,
    observe(memory, entry) {
      const score = scoreOf(entry);
      if (score === undefined) return { memory };
      const moved = moveOn(memory, { step: entry.step, score }, { size: patience, isBetter });
      const { best, recent } = moved;
      const isFlat = best !== null && recent.every((it) => !isGain(it.score, best.score));
      return { memory: moved, ...(isFlat && { reason: "scorePlateau" }) };
    },
  };
}

function settingsOf(options: ScorePlateauOptions): Required<ScorePlateauOptions> {
  const faults = new Faults();
  checkKeys(faults, options, ["patience", "minDelta", "direction"]);
  const { patience = 3, minDelta = 0.01, direction = "max" } = options ?? {};
  checkCount(faults, patience, "patience", 1);
  checkNumber(faults, minDelta, "minDelta", { least: 0 });
  faults.oneOf(direction, ["max", "min"], "direction");
  faults.throwIfAny("scorePlateau() cannot be made");
  return { patience, minDelta, direction };
}
