/**
 * One step of a run, from close by.
 *
 * @module
 */

import type { LoopAttempt, LoopMemo, LoopStore, StateTools, StepRow } from "../../ports/loop_store.ts";
import { LoopConfigError } from "../base/errors.ts";
import { toUsd } from "../base/money.ts";
import { attemptDocument, type Document, stepDocument } from "./export.ts";
import { stateText } from "./states.ts";

/** A step with everything that belongs to it. */
export interface StepLook {
  readonly step: number;
  /** One for each branch; none if every try was lost. */
  readonly rows: readonly (StepRow & { readonly state?: unknown })[];
  readonly attempts: readonly LoopAttempt[];
  readonly memos: readonly LoopMemo[];
}

/**
 * Reads one step.
 *
 * @throws {LoopConfigError} If there is none of this number.
 */
export async function lookAtStep(
  store: LoopStore,
  { id, step }: { readonly id: string; readonly step: number },
  tools: StateTools,
): Promise<StepLook> {
  const rows = await store.steps(id, { from: step, to: step });
  const attempts = await store.attempts(id, { step });
  if (rows.length === 0 && attempts.length === 0) throw await noStep(store, id, step);
  const withStates = [];
  for (const row of rows) withStates.push(await withState(row, store, tools));
  return { step, rows: withStates, attempts, memos: await store.memos(id, step) };
}

async function withState(row: StepRow, store: LoopStore, tools: StateTools) {
  if (row.stateRef === undefined) return row;
  return { ...row, state: JSON.parse(await stateText(row.stateRef, store, tools)) as unknown };
}

async function noStep(store: LoopStore, id: string, step: number): Promise<LoopConfigError> {
  const [last] = await store.steps(id, { last: 1 });
  const hint = last === undefined ? "it has none yet" : `its last one is ${last.step}`;
  return new LoopConfigError(`Run ${id} has no step ${step}`, { runId: id, hint });
}

/**
 * The state of a step.
 *
 * @throws {LoopConfigError} If it has none.
 */
export async function stateOfStep(
  store: LoopStore,
  place: { readonly id: string; readonly step: number },
  tools: StateTools,
): Promise<unknown> {
  const { rows } = await lookAtStep(store, place, tools);
  const row = rows.find(({ decision, state }) => decision !== "dropped" && state !== undefined) ??
    rows.find(({ state }) => state !== undefined);
  if (row !== undefined) return row.state;
  const why = rows.some(({ status }) => status === "ok") ? "its state was pruned" : "it failed";
  throw new LoopConfigError(`Step ${place.step} of run ${place.id} has no state: ${why}`, { runId: place.id });
}

/** The step for programs. */
export function stepLookDocument({ rows, attempts, memos }: StepLook): Document {
  return {
    steps: rows.map(({ state, ...row }) => stepDocument(row, state)),
    attempts: attempts.map(attemptDocument),
    memos: memos.map(({ branch, key, value, costNano }) => ({
      branch,
      key,
      value: JSON.parse(value) as unknown,
      cost_usd: toUsd(costNano),
    })),
  };
}
