import type { LoopStatus } from "../../ports/loop_store.ts";
import { type BudgetExhausted, Cancelled, Interrupted, LeaseLost } from "../base/errors.ts";
import type { StopCause } from "../drive/stop.ts";

/** How a run ends, or why it waits. */
export interface Ending {
  readonly status: LoopStatus;
  readonly reason: string;
  /** The very object that was thrown. */
  readonly error?: unknown;
}

/** What a stop from outside makes of a run. A lost lease ends nothing: another process drives it on. */
export function endingOf(cause: StopCause): Ending {
  if (cause instanceof Cancelled) return { status: "cancelled", reason: "cancelled", error: cause };
  if (cause instanceof Interrupted) return { status: "interrupted", reason: "interrupted", error: cause };
  if (cause instanceof LeaseLost) return { status: "running", reason: "lease lost", error: cause };
  return outOfBudget(cause);
}

/** A limit stands against going on. */
export function outOfBudget(error: BudgetExhausted): Ending {
  return { status: "budget_exhausted", reason: `budget:${error.limit}`, error };
}
