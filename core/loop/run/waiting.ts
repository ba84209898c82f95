import { type BackoffMs, waitMs } from "../base/backoff.ts";
import { type Flow, wait } from "../base/flow.ts";
import type { Drive } from "../drive/drive.ts";
import { type Ending, endingOf } from "./ending.ts";

/**
 * Waits after a failure: as long as the backoff says, and as long as the error itself asks for. Ends early when the run has
 * to stop. A synchronous loop does not wait.
 */
export function* pauseBetween<S>(
  drive: Drive<S>,
  { error, failures, backoff }: { readonly error: unknown; readonly failures: number; readonly backoff?: BackoffMs },
): Flow<Ending | undefined> {
  const ms = Math.max(backoff === undefined ? 0 : waitMs(backoff, failures), askedFor(error));
  const { stop, host, definition } = drive;
  if (ms > 0 && !definition.isSync) {
    yield* wait(host.clock.sleep(ms, stop.signal).catch(() => undefined));
  }
  return stop.cause && endingOf(stop.cause);
}

/** A refused call says when it may be made again. */
function askedFor(error: unknown): number {
  const after = typeof error === "object" && error !== null ? (error as { retryAfterMs?: unknown }).retryAfterMs : 0;
  return typeof after === "number" && Number.isFinite(after) ? Math.max(0, after) : 0;
}
