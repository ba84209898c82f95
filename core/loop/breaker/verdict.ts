import { BudgetExhausted, Cancelled, Interrupted, LeaseLost, Paused } from "../base/errors.ts";
import type { Verdict } from "./machine.ts";
import type { CallOutcome } from "./types.ts";

/** Ends of a loop that pass through a call on their way and say nothing of what was called. */
const OWN_ENDS = [BudgetExhausted, Cancelled, Interrupted, LeaseLost, Paused];

/** Whether a call has failed, unless somebody else decides. */
export function hasThrown(outcome: CallOutcome<unknown>): boolean {
  return "error" in outcome && !OWN_ENDS.some((type) => outcome.error instanceof type);
}

/**
 * What a call's end says.
 *
 * @throws What `isFailure` throws; {TypeError} if it gives no boolean, such as a promise, which is always true.
 */
export function verdictOn<T>(outcome: CallOutcome<T>, isFailure: (outcome: CallOutcome<T>) => boolean): Verdict {
  const answer: unknown = isFailure(outcome);
  if (typeof answer !== "boolean") {
    throw new TypeError(`isFailure must give true or false at once, not ${Object.prototype.toString.call(answer)}`);
  }
  if (answer) return "failure";
  return "error" in outcome ? "neither" : "ok";
}

/**
 * The error with `other` as its cause: at the end of its chain of causes, so that none is lost. What can carry no cause,
 * such as a text, goes with `other` into an AggregateError.
 */
export function withCause(error: unknown, other: unknown): unknown {
  const seen = new Set<unknown>();
  let last = error;
  while (last instanceof Error && last.cause !== undefined && !seen.has(last)) {
    seen.add(last);
    last = last.cause;
  }
  const carries = last instanceof Error && last.cause === undefined;
  if (carries && Reflect.defineProperty(last as Error, "cause", { value: other, configurable: true, writable: true })) {
    return error;
  }
  return new AggregateError([error, other], `A call failed with ${String(error)}, and then isFailure failed, too`);
}
