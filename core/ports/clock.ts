/** Time, from outside. */
export interface Clock {
  /** Wall time, UTC milliseconds since 1970. May jump. */
  now(): number;
  /** Milliseconds since some fixed instant; never goes back. Durations are differences of this. */
  monotonicMs(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
