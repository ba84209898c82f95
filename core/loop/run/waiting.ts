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

/** A refused call says when it may be made again, also from inside of another error. */
function askedFor(error: unknown): number {
  if (!(error instanceof Error)) return 0;
  const { retryAfterMs } = error as { retryAfterMs?: unknown };
  const isTime = typeof retryAfterMs === "number" && Number.isFinite(retryAfterMs) && retryAfterMs > 0;
  return isTime ? retryAfterMs : askedFor(error.cause);
}
