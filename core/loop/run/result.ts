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
import { authorOf, migrated, type Written } from "../drive/versions.ts";
import type { LoopResult, Spend } from "../types/mod.ts";

/** What a result is made of. */
export interface ResultParts<S> {
  readonly definition: Definition<S>;
  readonly row: LoopRow;
  readonly store: LoopStore;
  readonly states: StateBook;
  /** The head's state, and the step that gave it. */
  readonly headRef: string;
  readonly headStep: number | undefined;
  readonly error?: unknown;
  readonly pending?: LoopResult<S>["pending"];
  /** What earlier versions of the loop have written. */
  readonly written: readonly Written[];
  /** UTC milliseconds. */
  readonly now: number;
}

/** The result of a run as it stands. */
export function* resultOf<S>(parts: ResultParts<S>): Flow<LoopResult<S>> {
  const { row, definition, headRef, headStep, error, pending, now } = parts;
  const best = yield* bestOf(parts);
  const isBest = definition.returns === "best" && best !== undefined;
  return {
    runId: row.id,
    status: row.status,
    reason: row.reason,
    state: isBest ? best.state : yield* read(parts, headRef, headStep),
    ...(best !== undefined && { best }),
    steps: row.steps,
    spent: spentOf(row),
    remaining: remainingOf(row, now),
    unknownSpend: { usd: toUsd(row.unknownNano), tokens: row.unknownTokens },
    guarantee: row.guarantee,
    ...(error !== undefined && { error }),
    ...(pending !== undefined && { pending }),
  };
}

/** A stored state in the shape of today: through `migrate` if another version wrote it, then through the schema. */
function* read<S>(
  { definition, row, states, written }: ResultParts<S>,
  ref: string,
  step: number | undefined,
): Flow<S> {
  const text = yield* states.text(ref);
  return yield* wait(definition.codec.decode(migrated(definition, authorOf({ row, written }, step), text)));
}

function* bestOf<S>(parts: ResultParts<S>): Flow<LoopResult<S>["best"]> {
  const { row, store } = parts;
  const { best } = row;
  if (best === undefined) return undefined;
  const rows: readonly StepRow[] = yield* wait(store.steps(row.id, { from: best.step, to: best.step }));
  const stored = rows.find(({ branch }) => branch === best.branch);
  if (stored?.stateRef === undefined) return undefined;
  return { step: best.step, score: best.score, state: yield* read(parts, stored.stateRef, best.step) };
}

function spentOf(row: LoopRow): Spend {
  const { spentNano, spentTokens, iterations, activeMs } = row;
  return { usd: toUsd(spentNano), tokens: spentTokens, iterations, wallClockMs: Math.round(activeMs) };
}

/** What is left of each limit; what is unknown counts as spent. */
export function remainingOf({ limits, ...row }: LoopRow, now: number): Partial<Spend> {
  const { nano, tokens, iterations, wallClockMs } = limits;
  const left = (limit: number, used: number) => Math.max(0, limit - used);
  const clockedMs = limits.wallClockMode === "calendar" ? now - row.createdAt : row.activeMs;
  return {
    ...(nano !== undefined && { usd: toUsd(left(nano, row.spentNano + row.unknownNano + row.reservedNano)) }),
    ...(tokens !== undefined && { tokens: left(tokens, row.spentTokens + row.unknownTokens + row.reservedTokens) }),
    ...(iterations !== undefined && { iterations: left(iterations, row.iterations) }),
    ...(wallClockMs !== undefined && { wallClockMs: Math.round(left(wallClockMs, clockedMs)) }),
  };
}
