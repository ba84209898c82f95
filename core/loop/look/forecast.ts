/**
 * How many more steps a loop will probably take, and what they will cost.
 *
 * @module
 */

import type { LoopRow, StepRow } from "../../ports/loop_store.ts";
import { Faults } from "../base/faults.ts";
import { toNano, toUsd } from "../base/money.ts";
import { checkCount, checkKeys, checkNumber } from "../converge/checks.ts";
import type { ScorePlateauOptions } from "../converge/score_plateau.ts";
import type { HistoryEntry } from "../types/mod.ts";
import { parameters } from "./approach.ts";
import { futuresOf, isFlat } from "./futures.ts";

/** The middle of what may come, and the ends between which it stays four times out of five. */
export interface ForecastRange {
  readonly expected: number;
  readonly low: number;
  /** Absent: no end is in sight. */
  readonly high?: number;
}

/** How a loop will probably go on. */
export interface Forecast {
  /** Steps still to be made until the plateau. */
  readonly steps: ForecastRange;
  /** What they will cost, at the mean price of the newest ten, USD. */
  readonly usd: ForecastRange;
  /** The best score by then. */
  readonly score: number;
  /** `reached`: the plateau is there already. */
  readonly method: "exponential" | "power" | "reached";
}

/** What is known of a step; an entry of a history will do. */
export type ForecastStep = Pick<HistoryEntry<unknown>, "score" | "cost">;

/** Scores that are needed: as many to judge a curve by as it takes to draw it. */
const fewest = 2 * parameters;

/** Newest steps whose price counts. */
const priced = 10;

/**
 * Steps and money until a plateau, told from the scores so far.
 *
 * Scores are taken to approach a level, exponentially or by a power of the number of steps, and to scatter around that
 * curve as they have so far. Every curve of a grid of shapes is fitted by least squares and weighed by how well it fits;
 * 300 futures are drawn of them, each ends where `scorePlateau` with the same options would end it, and what is told is
 * their median and the tenth part at either end. The same scores always give the same forecast. Steps without a score
 * are taken to stay as frequent as they were.
 *
 * Units: steps, USD and those of the score. `undefined` when too little is known: fewer than six scores, or no plateau in
 * sight within ten times as many.
 * Source: predictive simulation as in Gelman et al., "Bayesian Data Analysis", 3rd edition, 2013, section 14.3.
 *
 * @example Half of what is missing is gained with every step
 * ```ts
 * import { forecast } from "@loom/loom";
 * import { deepEqual, equal } from "node:assert/strict";
 *
 * const steps = [0.5, 0.75, 0.875, 0.9375, 0.96875, 0.984375].map((score) => ({ score, cost: { usd: 0.2 } }));
 * const told = forecast(steps, { patience: 3, minDelta: 0.01 });
 * equal(told?.method, "exponential");
 * deepEqual([told?.steps.expected, told?.usd.expected], [4, 0.8]);
 * ```
 *
 * @param steps Recorded steps, oldest first: `history.window(history.length)` in a loop.
 * @param options As for `scorePlateau`.
 * @returns What is left, or `undefined`.
 * @throws {LoopConfigError} With everything that is wrong with the options.
 */
export function forecast(steps: readonly ForecastStep[], options: ScorePlateauOptions = {}): Forecast | undefined {
  const { sign, ...rule } = settingsOf(options);
  const scores = steps.flatMap(({ score }) => Number.isFinite(score) ? [sign * (score as number)] : []);
  const prices = { perScore: steps.length / scores.length, usd: meanPrice(steps) };
  if (isFlat(scores, rule)) {
    return {
      ...rangesOf([0], prices),
      score: sign * scores.reduce((a, b) => Math.max(a, b)),
      method: "reached",
    };
  }
  if (scores.length < fewest) return undefined;
  const { futures, kind } = futuresOf(scores, rule);
  const left = futures.map((it) => it.left).sort((a, b) => a - b);
  if (quantile(left, 0.5) === Infinity) return undefined;
  const best = quantile(futures.map((it) => it.best).sort((a, b) => a - b), 0.5);
  return { ...rangesOf(left, prices), score: sign * best, method: kind };
}

/**
 * {@linkcode forecast} of a stored run, by the `scorePlateau` that it was made with.
 *
 * @example Usage
 * ```ts
 * import { forecastOf, loop, memoryStore, scorePlateau } from "@loom/loom";
 * import { z } from "zod";
 * import { equal } from "node:assert/strict";
 *
 * const store = memoryStore();
 * const refine = loop({
 *   name: "refine",
 *   state: z.number(),
 *   checkpoint: store,
 *   budget: { iterations: 6 },
 *   convergeOn: scorePlateau(),
 *   step: (missing, ctx) => {
 *     ctx.spend({ usd: 0.2 });
 *     return missing / 2;
 *   },
 *   score: (missing) => 1 - missing,
 * });
 * const { runId } = await refine.run(1);
 *
 * const told = forecastOf((await store.getRun(runId))!, await store.steps(runId));
 * equal(told?.steps.expected, 4);
 * ```
 *
 * @param run The run; it has to be one that goes on, or may.
 * @param steps Its recorded steps, in order.
 * @returns What is left; `undefined` when too little is known, or the run does not end by a plateau.
 */
export function forecastOf({ specJson }: Pick<LoopRow, "specJson">, steps: readonly StepRow[]): Forecast | undefined {
  const options = plateauIn(specJson === "" ? undefined : (JSON.parse(specJson) as Spec).convergeOn);
  if (options === undefined) return undefined;
  const own = steps.filter(({ decision }) => decision !== "dropped");
  return forecast(own.map(toStep), options);
}

interface Spec {
  readonly convergeOn?: Described;
}

interface Described extends Partial<ScorePlateauOptions> {
  readonly kind?: string;
  readonly of?: readonly Described[];
}

/** The first one, where several detectors decide together. */
function plateauIn(described: Described | undefined): ScorePlateauOptions | undefined {
  if (described?.kind !== "scorePlateau") return described?.of?.map(plateauIn).find((it) => it !== undefined);
  const { patience, minDelta, direction } = described;
  return { patience, minDelta, direction };
}

function toStep({ score, costNano, childNano }: StepRow): ForecastStep {
  return { score: score ?? null, cost: { usd: toUsd(costNano + childNano) } };
}

function settingsOf(options: ScorePlateauOptions) {
  const faults = new Faults();
  checkKeys(faults, options, ["patience", "minDelta", "direction"]);
  const { patience = 3, minDelta = 0.01, direction = "max" } = options ?? {};
  checkCount(faults, patience, "patience", 1);
  checkNumber(faults, minDelta, "minDelta", { least: 0 });
  faults.oneOf(direction, ["max", "min"], "direction");
  faults.throwIfAny("forecast() cannot be made");
  return { patience, minDelta, sign: direction === "max" ? 1 : -1 };
}

function meanPrice(steps: readonly ForecastStep[]): number {
  const newest = steps.slice(-priced);
  return newest.reduce((sum, { cost }) => sum + (cost.usd ?? 0), 0) / Math.max(1, newest.length);
}

/** `left`: scores still to come, in ascending order. */
function rangesOf(
  left: readonly number[],
  { perScore, usd }: { readonly perScore: number; readonly usd: number },
): Pick<Forecast, "steps" | "usd"> {
  const steps = (share: number) => Math.ceil(quantile(left, share) * perScore);
  const range = (of: (steps: number) => number): ForecastRange => ({
    expected: of(steps(0.5)),
    low: of(steps(0.1)),
    ...(steps(0.9) !== Infinity && { high: of(steps(0.9)) }),
  });
  return { steps: range((it) => it), usd: range((it) => toUsd(toNano(it * usd))) };
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))];
}
