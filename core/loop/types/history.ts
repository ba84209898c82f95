/**
 * What a loop has done so far.
 *
 * @module
 */

import type { Cost, ProviderUsage, Reservation } from "./values.ts";

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
  /** What the step gave. A failed step has none: reading it throws. */
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
