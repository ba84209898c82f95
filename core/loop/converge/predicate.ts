import { Faults } from "../base/faults.ts";
import type { Later } from "../../ports/loop_store.ts";
import type { Detector, History } from "../types/mod.ts";
import { whenReady } from "./ready.ts";

/**
 * Ends a loop when a function of its history says `true`, or a promise of it; anything else goes on.
 *
 * It is asked after each recorded step, failed ones too: `history.last.error` tells.
 *
 * @example Usage
 * ```ts
 * import { predicate } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * const detector = predicate((history) => history.length >= 10);
 * equal(detector.descriptor.kind, "predicate");
 * ```
 *
 * @param fn Whether the loop is done.
 * @returns For `convergeOn`.
 * @throws {LoopConfigError} If `fn` is no function.
 */
export function predicate<S = unknown>(fn: (history: History<S>) => Later<boolean>): Detector<S, null> {
  const faults = new Faults();
  faults.function(fn, "fn", true);
  faults.throwIfAny("predicate() cannot be made");
  return {
    descriptor: { kind: "predicate" },
    begin: () => null,
    observe: (memory, _entry, { history }) =>
      whenReady(fn(history), (answer) => answer === true ? { memory, reason: "predicate" } : { memory }),
  };
}
