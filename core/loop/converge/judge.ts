import { Faults } from "../base/faults.ts";
import type { Later } from "../../ports/loop_store.ts";
import type { Asked, Detector } from "../types/mod.ts";
import { checkCount, checkKeys } from "./checks.ts";
import { whenReady } from "./ready.ts";

/** How often a judge is asked and how often it must agree. */
export interface JudgeOptions {
  /** Asked after every so many steps that succeeded. @default {1} */
  readonly every?: number;
  /** Times in a row that it must say yes. @default {1} */
  readonly agree?: number;
}

/** Steps since it was last asked, and its yes in a row. JSON. */
export interface JudgeMemory {
  readonly since: number;
  readonly yes: number;
}

/** Who judges a state. */
export type Judge<S> = (state: S, asked: Asked<S>) => Later<boolean>;

/**
 * Ends a loop when a judge of its state says `true`, or a promise of it; anything else goes on.
 *
 * It is never asked for a failed step. What it spends itself it charges with `asked.spend()`.
 *
 * @example Usage
 * ```ts
 * import { judge } from "@loom/loom";
 * import { deepEqual } from "node:assert/strict";
 *
 * const detector = judge((state: { draft: string }) => !state.draft.includes("TODO"), { every: 2, agree: 3 });
 * deepEqual(detector.descriptor, { kind: "judge", every: 2, agree: 3 });
 * ```
 *
 * @param fn Whether the state is good enough.
 * @param options How often.
 * @returns For `convergeOn`.
 * @throws {LoopConfigError} With everything that is wrong with `fn` and the options.
 */
export function judge<S = unknown>(fn: Judge<S>, options: JudgeOptions = {}): Detector<S, JudgeMemory> {
  const faults = new Faults();
  faults.function(fn, "fn", true);
  checkKeys(faults, options, ["every", "agree"]);
  const often = checkOften(faults, options ?? {});
  faults.throwIfAny("judge() cannot be made");
  return { descriptor: { kind: "judge", ...often }, ...judged("judge", fn, often) };
}

/** The options with their defaults, and what is wrong with them noted. */
export function checkOften(faults: Faults, { every = 1, agree = 1 }: JudgeOptions): Required<JudgeOptions> {
  checkCount(faults, every, "every", 1);
  checkCount(faults, agree, "agree", 1);
  return { every, agree };
}

/** A detector that asks `fn`; `reason` is what it is called. */
export function judged<S>(
  reason: string,
  fn: Judge<S>,
  { every, agree }: Required<JudgeOptions>,
): Omit<Detector<S, JudgeMemory>, "descriptor"> {
  return {
    begin: () => ({ since: 0, yes: 0 }),
    observe(memory, entry, asked) {
      if (entry.status === "error") return { memory };
      const since = memory.since + 1;
      if (since < every) return { memory: { ...memory, since } };
      return whenReady(fn(entry.state, asked), (answer) => {
        // No more than what is asked for is counted, so that a run that goes on does not count for ever.
        const yes = answer === true ? Math.min(agree, memory.yes + 1) : 0;
        return { memory: { since: 0, yes }, ...(yes === agree && { reason }) };
      });
    },
  };
}
