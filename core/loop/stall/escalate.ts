import { checkCount, checkKeys, checkNumber } from "../converge/checks.ts";
import { emptyWindow, moveOn, type Scored, scoreOf, type ScoreWindow } from "../converge/score_window.ts";
import { Faults } from "../base/faults.ts";
import type { Later } from "../../ports/loop_store.ts";
import type { Stall, StallAnswer, StallInfo } from "../types/mod.ts";

/** When a loop has stalled, and what to do then. */
export interface EscalateOptions<S> {
  /** Scores in a row that bring nothing. @default {3} */
  readonly after?: number;
  /** What a score has to gain on the best one before, and more, to count. @default {0} */
  readonly minDelta?: number;
  /** Another model (`switch`, becomes `ctx.variant`), another state (`patch`, RFC 7396), on, or stop. Without: stop. */
  readonly then?: (info: StallInfo<S>) => Later<StallAnswer>;
}

/**
 * Does something about a loop that no longer gets better, or ends it as `stalled`.
 *
 * It takes `after + 1` scored steps at least. The loop has stalled when none of the last `after` scores exceeds the best
 * one *before* them by more than `minDelta`; high scores are good. Then it counts anew: it takes `after` scores more
 * before it says so again. Failed steps and steps without a score are passed over.
 *
 * @example A stronger model
 * ```ts
 * import { escalate } from "@loom/loom";
 * import { deepEqual } from "node:assert/strict";
 *
 * const stall = escalate({ after: 2, then: () => ({ switch: "strong" }) });
 * deepEqual(stall.descriptor, { kind: "escalate", after: 2, minDelta: 0 });
 * ```
 *
 * @param options When, and what then.
 * @returns For `onStall`.
 * @throws {LoopConfigError} With everything that is wrong with the options.
 */
export function escalate<S = unknown>(options: EscalateOptions<S> = {}): Stall<S, ScoreWindow> {
  const { after, minDelta, then } = settingsOf(options);
  const isBetter = (a: number, b: number) => a > b;
  return {
    descriptor: { kind: "escalate", after, minDelta },
    ...(then !== undefined && { then }),
    begin: () => emptyWindow,
    observe(memory, entry) {
      const score = scoreOf(entry);
      if (score === undefined) return { memory };
      const moved = moveOn(memory, { step: entry.step, score }, { size: after, isBetter });
      const { best, recent } = moved;
      if (best === null || recent.length < after) return { memory: moved };
      if (recent.some((it) => it.score - best.score > minDelta)) return { memory: moved };
      return { memory: { best: bestOf([best, ...recent]), recent: [] }, since: best.step };
    },
  };
}

function settingsOf<S>(options: EscalateOptions<S>) {
  const faults = new Faults();
  checkKeys(faults, options, ["after", "minDelta", "then"]);
  const { after = 3, minDelta = 0, then } = options ?? {};
  checkCount(faults, after, "after", 1);
  checkNumber(faults, minDelta, "minDelta", { least: 0 });
  faults.function(then, "then");
  faults.throwIfAny("escalate() cannot be made");
  return { after, minDelta, then };
}

/** The first of the best. */
function bestOf(scores: readonly Scored[]): Scored {
  return scores.reduce((best, it) => it.score > best.score ? it : best);
}
