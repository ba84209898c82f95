/**
 * Money, tokens and time as people write them.
 *
 * @module
 */

import type { Retention as StoredRetention } from "../../ports/loop_store.ts";

/** A length of time: `"30s"`, `"10m"`, `"1.5h"`, `"250ms"`, `"2d"`, or milliseconds. */
export type Duration = string | number;

/** Money in USD and a number of tokens. */
export interface Cost {
  readonly usd?: number;
  readonly tokens?: number;
}

/** Limits of a loop. Reaching one exactly is allowed; 0 runs no step. */
export interface Budget {
  readonly usd?: number;
  readonly iterations?: number;
  readonly tokens?: number;
  readonly wallClock?: Duration | {
    readonly limit: Duration;
    /** `active` (default) counts time in which a process holds the run; `calendar` all since its creation. */
    readonly mode?: "active" | "calendar";
    /** How long a step may go on after the deadline has aborted it. Default 5 s. */
    readonly grace?: Duration;
  };
}

/** What was spent, or remains. */
export interface Spend {
  readonly usd: number;
  readonly tokens: number;
  readonly iterations: number;
  readonly wallClockMs: number;
}

/** Waits between tries: `initial`, then `factor` times longer each, at most `max`. */
export type Backoff = Duration | { readonly initial?: Duration; readonly factor?: number; readonly max?: Duration };

/** What happens to a step that throws. */
export interface RetryPolicy {
  /** Total tries of one step. Default 1. */
  readonly attempts?: number;
  /** Default 1 s, doubled, at most 30 s. */
  readonly backoff?: Backoff;
  readonly shouldRetry?: (error: unknown) => boolean;
  /** Failed steps in a row that are borne where errors are recorded. Default 5. */
  readonly maxConsecutive?: number;
}

/** How a run keeps its past. */
export interface Retention {
  readonly maxAge?: Duration;
  readonly maxRuns?: number;
  readonly keepStates?: StoredRetention["keepStates"];
}

/** A response of a model provider, or its usage: anything the cost adapters can read. */
export type ProviderUsage = Readonly<Record<string, unknown>>;

/** Money held for a call. Neither settled nor released at the end of the step, it is charged whole. */
export interface Reservation {
  /** The call is over and cost this. */
  settle(actual: Cost | ProviderUsage): void;
  /** The call was not made. */
  release(): void;
  /** Resolves once the store has it; at once with a store that answers at once. */
  readonly stored: Promise<void>;
}
