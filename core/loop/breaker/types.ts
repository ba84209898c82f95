/**
 * What a person says of a circuit breaker and sees of it, and what a loop hears.
 *
 * @module
 */

import type { Clock } from "../../ports/clock.ts";
import type { Duration } from "../types/mod.ts";

/** `closed` lets calls through, `open` none, `half_open` one, on trial. */
export type BreakerState = "closed" | "open" | "half_open";

/** A change of state. `at` is the monotonic clock's, milliseconds: differences mean something, the number itself does not. */
export interface BreakerTransition {
  readonly from: BreakerState;
  readonly to: BreakerState;
  readonly at: number;
}

/** How a call ended. */
export type CallOutcome<T> = { readonly error: unknown } | { readonly value: T };

/** A change of state of the breaker `name`. */
export type BreakerChange = BreakerTransition & { readonly name: string };

/** A call that the breaker `name` did not let through. */
export interface BreakerRefusal {
  readonly name: string;
  readonly retryAfterMs: number;
}

/** Hears of what breakers do. */
export interface BreakerListener {
  changed(change: BreakerChange): void;
  refused(refusal: BreakerRefusal): void;
}

/** Time as a breaker needs it. `now()`, UTC milliseconds, lets a stored cooldown go on while no process runs. */
export type BreakerClock = Pick<Clock, "monotonicMs"> & Partial<Pick<Clock, "now">>;

/** How a breaker behaves. */
export interface CircuitBreakerOptions<T = unknown> {
  /** Shown in errors and events, and the key under which it is stored. @default {the function's name} */
  readonly name?: string;
  /** Failures in a row that open it. @default {3} */
  readonly failThreshold?: number;
  /** How long it stays open before a trial. @default {"30s"} */
  readonly cooldown?: Duration;
  /** `exponential` doubles the cooldown with each trial that fails. @default {"fixed"} */
  readonly backoff?: "fixed" | "exponential";
  /** What the cooldown grows to at most. */
  readonly maxCooldown?: Duration;
  /**
   * Whether a call has failed. Default: if it threw, unless that is a loop's own end, as of a budget. A value judged a
   * failure is still returned, an error judged harmless still thrown, without effect on the breaker.
   */
  readonly isFailure?: (outcome: CallOutcome<T>) => boolean;
  /** Whether its state survives the process, when it is used in a loop. It needs a name then. @default {false} */
  readonly store?: boolean;
  /** Hears of each change of state. */
  readonly onTransition?: (change: BreakerChange) => void;
  /** Hears of each call that is refused. */
  readonly onRefused?: (refusal: BreakerRefusal) => void;
  /** For tests. @default {the real clock} */
  readonly clock?: BreakerClock;
}

/** What can be seen of a breaker, and done to it. */
export interface BreakerView {
  readonly state: BreakerState;
  /** Counted to the opening and on through failed trials; a success sets 0. */
  readonly consecutiveFailures: number;
  /** The newest 1,000, oldest first. */
  readonly transitions: readonly BreakerTransition[];
  /** Closes it, forgets failures, and ignores what calls under way come to. */
  reset(): void;
}

/** The function, guarded. */
export type CircuitBreaker<F> = F & BreakerView;

/** A breaker whose state is kept: what a loop needs of it. */
export interface KeptBreaker {
  readonly name: string;
  /** Grows with every change of what a snapshot holds. */
  readonly revision: number;
  /** Its state as JSON text. */
  snapshot(): string;
  /**
   * Takes a snapshot's state on. A trial that was under way is made again.
   *
   * @throws {StoreCorrupt} If it is no snapshot.
   */
  restore(snapshot: string): void;
}

/** What is around breakers. */
export interface BreakerSurroundings {
  /** Who hears of a call made now: the step that makes it. */
  readonly current?: () => BreakerListener | undefined;
  /** Hears of each breaker made with `store: true`, as it is made. */
  readonly keep?: (breaker: KeptBreaker) => void;
  /** Hears of errors of listeners, which never reach a call. Without it they are unhandled rejections. */
  readonly report?: (error: unknown) => void;
}
