import type { Clock } from "../../core/ports/clock.ts";

/** A clock that moves only when told to. */
export interface FakeClock extends Clock {
  /** Moves on by `ms`; sleepers whose time has come wake in order. */
  advance(ms: number): Promise<void>;
  /** How many sleep. */
  readonly sleepers: number;
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A clock that starts at `start` (UTC milliseconds). */
export function fakeClock(start: number = Date.UTC(2025, 0, 1)): FakeClock {
  let elapsed = 0;
  let sleepers: Sleeper[] = [];
  return {
    now: () => start + elapsed,
    monotonicMs: () => elapsed,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const sleeper = { until: elapsed + ms, wake: resolve };
        sleepers.push(sleeper);
        signal?.addEventListener("abort", () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          reject(signal.reason);
        }, { once: true });
      }),
    advance: async (ms) => {
      elapsed += ms;
      const due = sleepers.filter(({ until }) => until <= elapsed).sort((a, b) => a.until - b.until);
      sleepers = sleepers.filter(({ until }) => until > elapsed);
      for (const { wake } of due) {
        wake();
        await Promise.resolve();
      }
    },
    get sleepers() {
      return sleepers.length;
    },
  };
}
