import type { Clock } from "../../../core/ports/clock.ts";

/** The system's clock. */
export const hostClock: Clock = { now: Date.now, monotonicMs: () => performance.now(), sleep };

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timer = setTimeout(() => settle(resolve), ms);
    const onAbort = () => settle(() => reject(signal?.reason));
    signal?.addEventListener("abort", onAbort, { once: true });
    function settle(done: () => void) {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      done();
    }
  });
}
