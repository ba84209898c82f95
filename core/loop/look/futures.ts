/**
 * Many ways in which scores may go on, each drawn from a curve that may be the right one, with its noise.
 *
 * @module
 */

import { type Approach, approaches, parameters, valueAt } from "./approach.ts";

/** When scores are flat. High scores are good. */
export interface Rule {
  readonly patience: number;
  readonly minDelta: number;
}

/** One way in which scores may go on. */
export interface Future {
  /** Scores still to come until they are flat; infinite: not within the horizon. */
  readonly left: number;
  /** The best score by then. */
  readonly best: number;
}

/** Futures that are drawn: enough for the tenth part at either end. */
const draws = 300;

/** Newest scores that a curve is drawn through: what was long ago says little of what is to come, and takes long. */
const most = 200;

/** Scores to come beyond which nothing is said, for each that is known. */
const horizon = 10;

/** The first of the numbers that stand for chance: the same scores always have the same futures. */
const seed = 0x9e3779b9;

/** Whether scores are flat: none of the newest beats the best before them by enough. */
export function isFlat(scores: readonly number[], { patience, minDelta }: Rule): boolean {
  if (scores.length <= patience) return false;
  const before = maximum(scores, 0, scores.length - patience);
  const now = maximum(scores, scores.length - patience, scores.length);
  return now <= before || now - before < minDelta;
}

/** The futures of scores, and the kind of curve that is believed in most. */
export function futuresOf(
  scores: readonly number[],
  rule: Rule,
): { readonly futures: readonly Future[]; readonly kind: Approach["kind"] } {
  const known = Math.min(scores.length, most);
  const curves = approaches(scores.slice(-known));
  const chance = new Chance(seed);
  const futures = Array.from({ length: draws }, () => futureOf(drawn(curves, chance), scores, { rule, known, chance }));
  const power = curves.reduce((sum, { kind, weight }) => kind === "power" ? sum + weight : sum, 0);
  return { futures, kind: power > 0.5 ? "power" : "exponential" };
}

/** A curve, as often as it is believed in. */
function drawn(curves: readonly Approach[], chance: Chance): Approach {
  let left = chance.even();
  return curves.find(({ weight }) => (left -= weight) < 0) ?? curves[curves.length - 1];
}

/** `known`: how many of the scores the curve was drawn through. */
function futureOf(
  curve: Approach,
  scores: readonly number[],
  { rule, known, chance }: { readonly rule: Rule; readonly known: number; readonly chance: Chance },
): Future {
  const noise = Math.sqrt(curve.error / chance.squares(known - parameters));
  const moved = {
    mean: (noise * chance.normal()) / Math.sqrt(known),
    gap: (noise * chance.normal()) / Math.sqrt(curve.spread),
  };
  const values = scores.slice(-rule.patience);
  let before = maximum(scores, 0, scores.length - values.length);
  let best = Math.max(before, maximum(values, 0, values.length));
  for (let left = 1; left <= horizon * known; left++) {
    values.push(valueAt(curve, known + left - 1, moved) + noise * chance.normal());
    best = Math.max(best, values[values.length - 1]);
    const gone = values.length - 1 - rule.patience;
    if (gone < 0) continue;
    before = Math.max(before, values[gone]);
    if (best <= before || best - before < rule.minDelta) return { left, best };
  }
  return { left: Infinity, best };
}

function maximum(values: readonly number[], from: number, to: number): number {
  let most = -Infinity;
  for (let index = from; index < to; index++) most = Math.max(most, values[index]);
  return most;
}

/** Numbers that look like chance and are always the same: Mulberry32 of Tommy Ettinger, and the normal ones of them. */
class Chance {
  #state: number;

  constructor(first: number) {
    this.#state = first;
  }

  /** From 0 to below 1. */
  even(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Box and Muller's. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.even())) * Math.cos(2 * Math.PI * this.even());
  }

  /** Sum of so many squares of normal numbers. */
  squares(count: number): number {
    let sum = 0;
    for (let index = 0; index < count; index++) sum += this.normal() ** 2;
    return sum;
  }
}
