import { isLoomError } from "../../errors.ts";
import { maskSecrets } from "../../graph/display.ts";
import type { Session, StepResult } from "../session/session.ts";

/**
 * How a step ends whose work was thrown out: what a person can mend makes it fail, what was called off is cancelled.
 *
 * @throws The error itself, if it is a defect, or if this loom no longer drives the run.
 */
export function asFailure(error: unknown, { control, secrets }: Pick<Session, "control" | "secrets">): StepResult {
  if (isLoomError(error) && error.code === "lease-lost") throw error;
  if (control.signal.aborted && wasCalledOff(error, control.signal)) return { status: "cancelled" };
  if (!isLoomError(error)) throw error;
  const text = error.hint === undefined ? error.message : `${error.message}; ${error.hint}`;
  return { status: "failed", error: maskSecrets(text, secrets) };
}

/** Whether an error is only the echo of the cancellation; what waits for a disk or a server says so in its own words. */
function wasCalledOff(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || isLoomError(error) || (error instanceof Error && error.name === "AbortError");
}

/** What `work` comes to; what it throws is {@linkcode asFailure}. */
export async function orFailure(work: () => Promise<StepResult>, session: Session): Promise<StepResult> {
  try {
    return await work();
  } catch (error) {
    return asFailure(error, session);
  }
}
