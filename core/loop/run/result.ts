/**
 * What a run gives back.
 *
 * @module
 */

import type { LoopRow, LoopStore, StepRow } from "../../ports/loop_store.ts";
import type { Definition } from "../definition/definition.ts";
import { type Flow, wait } from "../base/flow.ts";
import { toUsd } from "../base/money.ts";
import type { StateBook } from "../drive/state_book.ts";
import type { LoopResult, Spend } from "../types/mod.ts";

/** What a result is made of. */
export interface ResultParts<S> {
  readonly definition: Definition<S>;
  readonly row: LoopRow;
  readonly store: LoopStore;
  readonly states: StateBook;
  /** Of the head's state. */
  readonly headRef: string;
  readonly error?: unknown;
  readonly pending?: LoopResult<S>["pending"];
  /** Brings a stored text into the shape of today. */
  readonly read: (text: string) => Flow<S>;
}

/** The result of a run as it stands. */
export function* resultOf<S>(parts: ResultParts<S>): Flow<LoopResult<S>> {
  const { row, definition, states, headRef, error, pending, read } = parts;
  const best = yield* bestOf(parts);
  const isBest = definition.returns === "best" && best !== undefined;
  return {
    runId: row.id,
    status: row.status,
    reason: row.reason,
    state: isBest ? best.state : yield* read(yield* states.text(headRef)),
    ...(best !== undefined && { best }),
    steps: row.steps,
    spent: spentOf(row),
    remaining: remainingOf(row),
    unknownSpend: { usd: toUsd(row.unknownNano), tokens: row.unknownTokens },
    guarantee: row.guarantee,
    ...(error !== undefined && { error }),
    ...(pending !== undefined && { pending }),
  };
}

function* bestOf<S>({ row, store, states, read }: ResultParts<S>): Flow<LoopResult<S>["best"]> {
  const { best } = row;
  if (best === undefined) return undefined;
  const rows: readonly StepRow[] = yield* wait(store.steps(row.id, { from: best.step, to: best.step }));
  const stored = rows.find(({ branch }) => branch === best.branch);
  if (stored?.stateRef === undefined) return undefined;
  return { step: best.step, score: best.score, state: yield* read(yield* states.text(stored.stateRef)) };
}

function spentOf(row: LoopRow): Spend {
  const { spentNano, spentTokens, iterations, activeMs } = row;
  return { usd: toUsd(spentNano), tokens: spentTokens, iterations, wallClockMs: Math.round(activeMs) };
}

/** What is left of each limit; what is unknown counts as spent. */
export function remainingOf({ limits, ...row }: LoopRow): Partial<Spend> {
  const { nano, tokens, iterations, wallClockMs } = limits;
  const left = (limit: number, used: number) => Math.max(0, limit - used);
  return {
    ...(nano !== undefined && { usd: toUsd(left(nano, row.spentNano + row.unknownNano + row.reservedNano)) }),
    ...(tokens !== undefined && { tokens: left(tokens, row.spentTokens + row.unknownTokens + row.reservedTokens) }),
    ...(iterations !== undefined && { iterations: left(iterations, row.iterations) }),
    ...(wallClockMs !== undefined && { wallClockMs: Math.round(left(wallClockMs, row.activeMs)) }),
  };
}
