import { checkCount, checkKeys } from "../converge/checks.ts";
import { toBackoff } from "../base/backoff.ts";
import { Faults } from "../base/faults.ts";
import type { Backoff, Backtrack } from "../types/mod.ts";

/** How errors are borne. */
export interface LastGoodOptions {
  /** Failed steps in a row that are borne; one more ends the loop with `TooManyErrors`. @default {5} */
  readonly maxRetries?: number;
  /** Waits between failed steps. @default {`{ initial: "1s", factor: 2, max: "30s" }`} */
  readonly backoff?: Backoff;
}

/**
 * Goes on after an error: the next step starts from what the failed one started from, which is the newest step that
 * succeeded and was not gone back from, or the run's input if there is none.
 *
 * @example Usage
 * ```ts
 * import { lastGood } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * equal(lastGood({ maxRetries: 3, backoff: { initial: "2s", factor: 3 } }).maxConsecutive, 3);
 * ```
 *
 * @param options How many errors in a row, and the waits between them.
 * @returns For `backtrack`.
 * @throws {LoopConfigError} With everything that is wrong with the options.
 */
export function lastGood<S = unknown>(options: LastGoodOptions = {}): Backtrack<S, null> {
  const faults = new Faults();
  checkKeys(faults, options, ["maxRetries", "backoff"]);
  const { maxRetries = 5, backoff = {} } = options ?? {};
  checkCount(faults, maxRetries, "maxRetries", 0);
  const { initialMs, factor, maxMs } = toBackoff(backoff, faults, "backoff");
  faults.throwIfAny("lastGood() cannot be made");
  return {
    descriptor: { kind: "lastGood", maxRetries },
    maxConsecutive: maxRetries,
    backoff: { initial: initialMs, factor, max: maxMs },
    begin: () => null,
    observe: (memory, { status, inputStep }) =>
      status === "error" ? { memory, restore: inputStep ?? "input" } : { memory },
  };
}
