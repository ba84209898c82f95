/**
 * What a person writes for a loop and what a loop hands them.
 *
 * @module
 */

import type { ZodType } from "zod";
import type { Guarantee, Later, LoopStatus, LoopStore, Retention as StoredRetention } from "../ports/loop_store.ts";

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

/** One recorded step as detectors and strategies see it. `state` is read when it is first asked for. */
export interface HistoryEntry<S> {
  /** From 0. */
  readonly step: number;
  readonly branch: string;
  readonly attempt: number;
  readonly status: "ok" | "error";
  readonly score: number | null;
  readonly cost: Cost;
  readonly tokens: number;
  /** `Name: message`. */
  readonly error?: string;
  readonly durationMs: number;
  /** The step whose state went in; `null`: the run's input. */
  readonly inputStep: number | null;
  readonly decision: string;
  /** Of the step's result; of a failed step, what went in. */
  readonly state: S;
}

/** Recorded steps, oldest first; lost attempts are not among them. Entries are read when asked for. */
export interface History<S> {
  readonly length: number;
  readonly last: HistoryEntry<S> | undefined;
  /** The newest of the steps with the highest score. */
  readonly best: HistoryEntry<S> | undefined;
  /** Entry number `index`, from 0; negative counts from the end. */
  at(index: number): HistoryEntry<S> | undefined;
  /** The newest `count`, oldest first. */
  window(count: number): readonly HistoryEntry<S>[];
}

/** What a detector or a strategy is told beside the newest entry. */
export interface Asked<S> {
  readonly history: History<S>;
  readonly signal: AbortSignal;
  readonly runId: string;
  /** Charges the run for a call of the detector's own. */
  spend(cost: Cost | ProviderUsage): void;
  /** Takes money for a call before it is made. */
  reserve(cost: Cost): Reservation;
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

/** What is hashed to tell whether a loop is still the same: its kind and its parameters. */
export type Descriptor = Readonly<{ kind: string; [parameter: string]: unknown }>;

/**
 * Decides whether the loop has got where it wanted. A pure factory: what it remembers is handed in and out as JSON, kept
 * with every step, so that a resumed run goes on as if it had never stopped.
 */
export interface Detector<S, Memory = unknown> {
  readonly descriptor: Descriptor;
  /** What it remembers before the first step. */
  begin(): Memory;
  /** Hears of each recorded step once; `reason` says that it is done, and names what fired. */
  observe(memory: Memory, entry: HistoryEntry<S>, asked: Asked<S>): Later<{ memory: Memory; reason?: string }>;
}

/** Decides from which step's state the next one starts. */
export interface Backtrack<S, Memory = unknown> {
  readonly descriptor: Descriptor;
  begin(): Memory;
  /** `restore`: a step's number, or `"input"`; absent: go on from the newest. */
  observe(
    memory: Memory,
    entry: HistoryEntry<S>,
    asked: Asked<S>,
  ): Later<{ memory: Memory; restore?: number | "input" }>;
  /** Failed steps in a row that are borne. */
  readonly maxConsecutive?: number;
  /** Waits between failed steps. */
  readonly backoff?: Backoff;
}

/** A strategy as one function. */
export type BacktrackFunction<S> = (history: History<S>) => Later<{ readonly restore: number } | null>;

/** What is known when a loop has stalled. */
export interface StallInfo<S> {
  readonly best: { readonly step: number; readonly score: number; readonly state: S } | undefined;
  /** Step since which nothing was better. */
  readonly since: number;
  readonly history: History<S>;
}

/** What to do about a stall. `patch` is merged into the state (RFC 7396), `switch` becomes `ctx.variant`. */
export type StallAnswer = "stop" | "continue" | { readonly patch: unknown } | { readonly switch: string };

/** Decides whether the loop has stopped getting better. */
export interface Stall<S, Memory = unknown> {
  readonly descriptor: Descriptor;
  begin(): Memory;
  /** `since`: it has stalled, and since which step. */
  observe(memory: Memory, entry: HistoryEntry<S>, asked: Asked<S>): Later<{ memory: Memory; since?: number }>;
  /** Absent: the loop ends as `stalled`. */
  readonly then?: (info: StallInfo<S>) => Later<StallAnswer>;
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

/** A fact of a run; stored ones have a `seq`, from 1 without gaps. */
export interface LoopEvent {
  readonly type: LoopEventType;
  /** Absent: not stored. */
  readonly seq?: number;
  /** UTC milliseconds. */
  readonly at: number;
  readonly runId: string;
  readonly step?: number;
  readonly [member: string]: unknown;
}

/** Names of events. */
export type LoopEventType =
  | "run.started"
  | "step.started"
  | "step.chunk"
  | "step.finished"
  | "step.failed"
  | "step.lost"
  | "cost.missing"
  | "cost.failed"
  | "score.failed"
  | "budget.warning"
  | "budget.overrun"
  | "breaker.changed"
  | "breaker.refused"
  | "backtrack"
  | "converged"
  | "stalled"
  | "paused"
  | "answered"
  | "resumed"
  | "forked"
  | "lease.lost"
  | "run.finished";

/** What a loop calls when something happened. */
export type LoopEvents = { readonly [Type in LoopEventType]: (event: LoopEvent) => void };

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

/** How one run differs from the others of its loop. */
export interface RunOptions {
  /** `[A-Za-z0-9._-]{1,64}`. Default: 12 hexadecimal digits. */
  readonly runId?: string;
  /** With a known `runId`: go on with that run if its input is the same. */
  readonly idempotent?: boolean;
  readonly signal?: AbortSignal;
  /** Of a loop inside a step: names the child run, so that it is found again whatever the order of calls. */
  readonly key?: string;
  readonly on?: Partial<LoopEvents>;
}

/** How a run goes on. */
export interface ResumeOptions extends Omit<RunOptions, "runId" | "idempotent" | "key"> {
  /** More of what ran out; stored with the run. */
  readonly addBudget?: Budget;
  /** A whole new budget, as the original gives. */
  readonly budget?: "fresh";
  readonly onSpecChange?: "error" | "warn" | "accept";
  /** Opens a run that was completed or cancelled. */
  readonly continue?: boolean;
  /** Waits while another process drives it. */
  readonly wait?: boolean;
  /** Takes it from whoever drives it. */
  readonly steal?: boolean;
}

/** How a run branches off. */
export interface ForkOptions<S> extends Omit<RunOptions, "idempotent" | "key"> {
  /** The step to go on from. */
  readonly at: number;
  /** A merge patch (RFC 7396) of the stored state, or a function of it. */
  readonly patch?: unknown | ((state: S) => S);
  readonly budget?: Budget;
  readonly name?: string;
  readonly inheritSpend?: boolean;
  readonly onSpecChange?: "error" | "warn" | "accept";
}

/** How a run ended, or why it waits. */
export interface LoopResult<S> {
  readonly runId: string;
  readonly status: LoopStatus;
  readonly reason: string;
  readonly state: S;
  readonly best?: { readonly step: number; readonly score: number; readonly state: S };
  /** Recorded steps, failed ones too. */
  readonly steps: number;
  /** What is known to be spent, that of child runs too. */
  readonly spent: Spend;
  readonly remaining: Partial<Spend>;
  /** Of attempts that were lost or abandoned. */
  readonly unknownSpend: Cost;
  readonly guarantee: Guarantee;
  /** What ended it, if it did not end well: the very object that was thrown. */
  readonly error?: unknown;
  /** Questions that wait for an answer. */
  readonly pending?: { readonly key: string; readonly request: unknown };
}

/** What a loop is made of, whatever its step returns. */
interface CommonSpec<S> {
  /** With `version` and the kinds of what it uses, its identity. */
  readonly name: string;
  readonly version?: string;
  /** Checked on input, after each step and on every load. */
  readonly state: ZodType<S>;
  readonly budget?: Budget;
  /** Without a budget or a detector: it is meant. */
  readonly unbounded?: boolean;
  /** What one step costs at most, or probably. */
  readonly stepCost?: { readonly max?: Cost; readonly estimate?: (state: S, history: History<S>) => Cost };
  readonly convergeOn?: Detector<S>;
  readonly backtrack?: Backtrack<S> | BacktrackFunction<S>;
  readonly onStall?: Stall<S>;
  readonly retry?: RetryPolicy;
  /** Default `throw`; `record` is implied by `backtrack`. */
  readonly onError?: "throw" | "record";
  /** `sqlite` (default): the project's database; another text: that file. */
  readonly checkpoint?: "sqlite" | "memory" | (string & Record<never, never>) | LoopStore;
  /** Default `full`. */
  readonly durability?: "full" | "process" | "none";
  /** Default `best` with `bestScore`, else `last`. */
  readonly returns?: "last" | "best";
  /** Default 30 s. */
  readonly lease?: { readonly ttl?: Duration };
  readonly retention?: Retention;
  /** By the version that wrote a state. */
  readonly migrate?: Readonly<Record<string, (old: unknown) => unknown>>;
  /** What becomes of the money of lost attempts. Default `charge`. */
  readonly onUnknown?: "charge" | "ignore" | ((attempt: { step: number; attempt: number; reserved: Cost }) => Cost);
  /** A budget shared with other runs. */
  readonly pool?: { readonly name: string; readonly usd: number; readonly per?: "day" | "month" };
  readonly on?: Partial<LoopEvents>;
}

/** A loop whose step may take its time. */
export interface LoopSpec<S> extends CommonSpec<S> {
  /** One iteration. `state` is its own copy. */
  readonly step: (state: S, ctx: StepContext<S>) => Later<S>;
  readonly cost?: (state: S, ctx: StepContext<S>) => Later<number | Cost>;
  readonly score?: (state: S, ctx: StepContext<S>) => Later<number | null>;
  /** Candidates of each iteration, from the same head. */
  readonly branches?: {
    readonly n: number;
    readonly select?: "best" | ((entries: readonly HistoryEntry<S>[]) => Later<number>);
  };
}

/** What a synchronous step is given. */
export type SyncStepContext<S> = Omit<StepContext<S>, "once" | "pause" | "parallel"> & {
  once<T>(key: string, fn: () => T, options?: OnceOptions<T>): T;
};

/** A loop in which nothing waits. */
export interface LoopSyncSpec<S> extends CommonSpec<S> {
  readonly step: (state: S, ctx: SyncStepContext<S>) => S;
  readonly cost?: (state: S, ctx: SyncStepContext<S>) => number | Cost;
  readonly score?: (state: S, ctx: SyncStepContext<S>) => number | null;
}

/** A loop, ready to run. Calling it gives the final state, or throws what kept it from one. */
export interface Loop<S> {
  (input: S, options?: RunOptions): Promise<S>;
  /** Outcomes of the run are results; only misuse throws. */
  run(input: S, options?: RunOptions): Promise<LoopResult<S>>;
  /** The run as it goes on. */
  stream(input: S, options?: RunOptions): AsyncIterable<LoopEvent> & { readonly result: Promise<LoopResult<S>> };
  resume(runId: string, options?: ResumeOptions): Promise<LoopResult<S>>;
  fork(runId: string, options: ForkOptions<S>): Promise<LoopResult<S>>;
  answer(runId: string, key: string, value: unknown): Promise<void>;
  /** 16 hexadecimal digits. */
  readonly specHash: string;
  readonly name: string;
}

/** {@linkcode Loop} without promises. */
export interface LoopSync<S> {
  (input: S, options?: RunOptions): S;
  run(input: S, options?: RunOptions): LoopResult<S>;
  resume(runId: string, options?: ResumeOptions): LoopResult<S>;
  readonly specHash: string;
  readonly name: string;
}
