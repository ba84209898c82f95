/**
 * What happens in a run, as it is told.
 *
 * @module
 */

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
