/**
 * Runs of a loop: how they are asked for and what they give.
 *
 * @module
 */

import type { Guarantee, LoopStatus } from "../../ports/loop_store.ts";
import type { LoopEvent, LoopEvents } from "./events.ts";
import type { Budget, Cost, Spend } from "./values.ts";

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
