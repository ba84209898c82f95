import { checkParts } from "../converge/checks.ts";
import { inTurn, whenReady } from "../converge/ready.ts";
import { Faults } from "../base/faults.ts";
import type { Backtrack, BacktrackFunction } from "../types/mod.ts";
import { toBacktrack } from "./custom.ts";

/** A strategy, or one as a function. */
type Strategy<S> = Backtrack<S> | BacktrackFunction<S>;

/**
 * Asks several strategies and does what the first says that wants to go back. Each hears of each step.
 *
 * How many errors are borne, and the waits between them, are those of the first that says so.
 *
 * @example Back to the best on a regression, on after an error
 * ```ts
 * import { bestScore, firstOf, lastGood } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * equal(firstOf(bestScore(), lastGood({ maxRetries: 2 })).maxConsecutive, 2);
 * ```
 *
 * @param strategies One at least, the most important first.
 * @returns For `backtrack`.
 * @throws {LoopConfigError} If one of them is no strategy, or there is none.
 */
export function firstOf<S = unknown>(...strategies: readonly Strategy<S>[]): Backtrack<S, readonly unknown[]> {
  const parts = checked(strategies);
  const maxConsecutive = parts.find((it) => it.maxConsecutive !== undefined)?.maxConsecutive;
  const backoff = parts.find((it) => it.backoff !== undefined)?.backoff;
  return {
    descriptor: { kind: "firstOf", of: parts.map(({ descriptor }) => descriptor) },
    ...(maxConsecutive !== undefined && { maxConsecutive }),
    ...(backoff !== undefined && { backoff }),
    begin: () => parts.map((it) => it.begin()),
    observe: (memory, entry, asked) =>
      whenReady(inTurn(parts, (it, index) => it.observe(memory[index], entry, asked)), (answers) => {
        const restore = answers.find((it) => it.restore !== undefined)?.restore;
        return { memory: answers.map((it) => it.memory), ...(restore !== undefined && { restore }) };
      }),
  };
}

function checked<S>(strategies: readonly Strategy<S>[]): readonly Backtrack<S>[] {
  const faults = new Faults();
  const parts = strategies.map(toBacktrack);
  checkParts(faults, parts, "strategy");
  faults.throwIfAny("firstOf() cannot be made");
  return parts;
}
