import type { StepPart } from "../../ports/events.ts";
import type { Session, StepResult } from "../session/session.ts";

/** An item or inner step that has ended. */
export interface EndedPart {
  /** Name of the step it is part of. */
  readonly step: string;
  readonly label: StepPart;
  /** By the monotonic clock. */
  readonly startedMs: number;
  readonly result: StepResult;
  /** The failure counts as a warning. */
  readonly tolerated?: boolean;
}

/** Tells how a part ended; what it left is kept before anything else starts. */
export function finishPart(ended: EndedPart, { recorder, context }: Session): void {
  const { step, label, startedMs, result, tolerated } = ended;
  const { status, exitCode, signal, error } = result;
  const durationMs = Math.round(context.clock.monotonicMs() - startedMs);
  recorder.emit({ type: "part_finished", step, ...label, status, exitCode, signal, error, durationMs, tolerated });
  // What was passed over can be told with the next commit: nothing was done.
  if (status !== "fresh") recorder.commitSoon();
}
