/**
 * Everything that is known of a run, for programs. Names of members are in snake case; those that the original has keep
 * their meaning. Money is in USD, time ISO 8601 in UTC.
 *
 * @module
 */

import type {
  LoopAttempt,
  LoopEventRow,
  LoopRow,
  LoopStore,
  StateTools,
  StepPlace,
  StepRow,
} from "../../ports/loop_store.ts";
import { toUsd } from "../base/money.ts";
import { stateText } from "./states.ts";

/** A JSON object. */
export type Document = Readonly<Record<string, unknown>>;

/** One thing of an export. */
export interface Exported {
  readonly type: "run" | "step" | "attempt" | "event";
  readonly document: Document;
}

/** How much is read. */
export interface ExportOptions {
  /** To read states with; without them states are left out. */
  readonly tools?: StateTools;
}

/** A run, its steps, attempts and events, in this order. */
export async function* exportRun(store: LoopStore, run: LoopRow, { tools }: ExportOptions): AsyncGenerator<Exported> {
  yield { type: "run", document: runDocument(run) };
  for (const row of await store.steps(run.id)) {
    const state = tools === undefined ? undefined : await stateOf(row, store, tools);
    yield { type: "step", document: stepDocument(row, state) };
  }
  for (const attempt of await store.attempts(run.id)) yield { type: "attempt", document: attemptDocument(attempt) };
  for (const event of await store.events(run.id)) yield { type: "event", document: eventDocument(event) };
}

async function stateOf({ stateRef }: StepRow, store: LoopStore, tools: StateTools): Promise<unknown> {
  return stateRef === undefined ? null : JSON.parse(await stateText(stateRef, store, tools));
}

/** A run. */
export function runDocument(run: LoopRow): Document {
  const { limits, head, best, parent, forkedFrom } = run;
  return {
    id: run.id,
    name: run.name,
    version: run.version,
    spec_hash: run.specHash,
    status: run.status,
    reason: run.reason,
    error: run.error,
    error_stack: run.errorStack,
    created_at: time(run.createdAt),
    updated_at: time(run.updatedAt),
    steps: run.steps,
    iterations: run.iterations,
    active_ms: run.activeMs,
    spent_usd: toUsd(run.spentNano),
    spent_tokens: run.spentTokens,
    reserved_usd: toUsd(run.reservedNano),
    reserved_tokens: run.reservedTokens,
    unknown_usd: toUsd(run.unknownNano),
    unknown_tokens: run.unknownTokens,
    inherited_usd: toUsd(run.inheritedNano),
    limits: {
      usd: usd(limits.nano),
      tokens: limits.tokens,
      iterations: limits.iterations,
      wall_clock_ms: limits.wallClockMs,
      wall_clock_mode: limits.wallClockMode,
      grace_ms: limits.graceMs,
    },
    guarantee: run.guarantee,
    head: head && placeDocument(head),
    best: best && { ...placeDocument(best), score: best.score },
    parent: parent && { run: parent.run, ...placeDocument(parent) },
    forked_from: forkedFrom && { run: forkedFrom.run, step: forkedFrom.step },
    pool: run.pool,
    imported: run.imported,
  };
}

function placeDocument({ step, branch }: StepPlace): Document {
  return { step, branch };
}

/** A step, named as the original names it: `step_n state cost_usd score timestamp error`, and more. */
export function stepDocument(row: StepRow, state?: unknown): Document {
  return {
    step_n: row.step,
    ...(state !== undefined && { state }),
    cost_usd: toUsd(row.costNano + row.childNano),
    score: row.score ?? null,
    timestamp: time(row.startedAt + row.durationMs),
    error: row.error ?? null,
    branch: row.branch,
    attempt: row.attempt,
    status: row.status,
    input: row.input === undefined ? null : placeDocument(row.input),
    own_cost_usd: toUsd(row.costNano),
    child_cost_usd: toUsd(row.childNano),
    tokens: row.tokens,
    score_error: row.scoreError,
    cost_error: row.costError,
    error_stack: row.errorStack,
    decision: row.decision,
    started_at: time(row.startedAt),
    duration_ms: row.durationMs,
  };
}

/** One try. */
export function attemptDocument(attempt: LoopAttempt): Document {
  return {
    step_n: attempt.step,
    branch: attempt.branch,
    attempt: attempt.attempt,
    status: attempt.status,
    reserved_usd: toUsd(attempt.reservedNano),
    reserved_tokens: attempt.reservedTokens,
    actual_usd: usd(attempt.actualNano),
    actual_tokens: attempt.actualTokens,
    error: attempt.error,
    started_at: time(attempt.startedAt),
  };
}

/** A fact, its own members beside what all have. */
export function eventDocument({ seq, type, at, data }: LoopEventRow): Document {
  return { seq, event: type, at: time(at), ...JSON.parse(data) as Document };
}

function usd(nano: number | undefined): number | undefined {
  return nano === undefined ? undefined : toUsd(nano);
}

function time(ms: number): string {
  return new Date(ms).toISOString();
}
