/**
 * What a step is given.
 *
 * @module
 */

import type { ZodType } from "zod";
import type { Later } from "../../ports/loop_store.ts";
import type { History } from "./history.ts";
import type { Cost, Duration, ProviderUsage, Reservation, Spend } from "./values.ts";

/** Result of one branch of `ctx.parallel`. */
export type Outcome<T> =
  | { readonly status: "ok"; readonly value: T }
  | { readonly status: "error"; readonly error: unknown }
  | { readonly status: "cancelled" };

/** How branches run together. */
export interface ParallelOptions {
  /** `all` (default) waits for each, `race` takes the first that succeeds, `best` the one with the highest number. */
  readonly mode?: "all" | "race" | "best";
  /** Branches at a time. Default: all. */
  readonly concurrency?: number;
  /** Whether the first error cancels the others and is thrown. */
  readonly failFast?: boolean;
}

/** What a step is given besides its state. */
export interface StepContext<S> {
  readonly runId: string;
  readonly step: number;
  readonly attempt: number;
  /** Aborts at the deadline, when the run is cancelled or interrupted, and when the lease is lost. */
  readonly signal: AbortSignal;
  /** The same for every attempt of this step. */
  readonly idempotencyKey: string;
  readonly history: History<S>;
  /** What `escalate` switched to. */
  readonly variant: string | undefined;
  remaining(): Partial<Spend>;
  reserve(cost: Cost): Reservation;
  spend(cost: Cost | ProviderUsage): void;
  once<T>(key: string, fn: () => Later<T>, options?: OnceOptions<T>): Promise<T>;
  pause<T>(key: string, request: unknown, options?: PauseOptions<T>): Promise<T>;
  parallel<T>(
    branches: Readonly<Record<string, (branch: StepContext<S>) => Promise<T>>>,
    options?: ParallelOptions,
  ): Promise<Record<string, Outcome<T>>>;
  /** Hands something to listeners; not stored. */
  emit(chunk: unknown): void;
}

/** What a call inside a step costs. */
export interface OnceOptions<T> {
  readonly cost?: (value: T) => Cost;
  readonly max?: Cost;
}

/** What an answer looks like, and what happens without one. */
export interface PauseOptions<T> {
  readonly schema?: ZodType<T>;
  readonly timeout?: Duration;
  readonly onTimeout?: T;
}

/** What a synchronous step is given. */
export type SyncStepContext<S> = Omit<StepContext<S>, "once" | "pause" | "parallel"> & {
  once<T>(key: string, fn: () => T, options?: OnceOptions<T>): T;
};
