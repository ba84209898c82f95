/**
 * What a process that died left behind: attempts in flight are lost, and what was held for them may have been spent.
 *
 * @module
 */

import type { LoopAttempt, LoopLease, LoopRow, LoopStore } from "../../ports/loop_store.ts";
import type { Definition } from "../definition/definition.ts";
import { toAmount } from "../definition/limits.ts";
import { type Flow, wait } from "../base/flow.ts";
import type { LoopHost } from "../../ports/loop_host.ts";
import { toUsd } from "../base/money.ts";

/** The run and everything below it that was in flight. */
interface Left {
  readonly row: LoopRow;
  readonly attempts: readonly LoopAttempt[];
}

/** Marks lost attempts in the run and in its children, and gives the run as it is then. */
export function* recover<S>(
  { definition, store, host }: {
    readonly definition: Definition<S>;
    readonly store: LoopStore;
    readonly host: LoopHost;
  },
  row: LoopRow,
  lease: LoopLease,
): Flow<LoopRow> {
  const left = yield* leftBehind(store, row);
  if (left.length === 0) return row;
  const now = host.clock.now();
  const runs = left.map((it) => settled(it, definition));
  const attempts = left.flatMap((it) => it.attempts.map((one): LoopAttempt => ({ ...one, status: "lost" })));
  const events = left[0].row.id !== row.id ? [] : left[0].attempts.map((one, index) => ({
    run: row.id,
    seq: row.lastSeq + 1 + index,
    type: "step.lost",
    data: JSON.stringify({ step: one.step, attempt: one.attempt, unknownUsd: toUsd(one.reservedNano) }),
    at: now,
  }));
  const own = runs.find(({ id }) => id === row.id) ?? row;
  const recovered = { ...own, lastSeq: row.lastSeq + events.length };
  const changes = runs.map((it) => it.id === row.id ? recovered : it).map(changed);
  yield* wait(store.commit({ leases: [lease], runs: changes, attempts, events }));
  return recovered;
}

function changed(row: LoopRow) {
  const { id, lastSeq, spentNano, spentTokens, reservedNano, reservedTokens, unknownNano, unknownTokens } = row;
  return { id, lastSeq, spentNano, spentTokens, reservedNano, reservedTokens, unknownNano, unknownTokens };
}

function* leftBehind(store: LoopStore, row: LoopRow): Flow<readonly Left[]> {
  const attempts = yield* wait(store.attempts(row.id, { status: "in_flight" }));
  const own = attempts.length > 0 || row.reservedNano > 0 || row.reservedTokens > 0 ? [{ row, attempts }] : [];
  const left: Left[] = [...own];
  for (const child of yield* wait(store.listRuns({ parent: row.id }))) {
    if (child.status === "running") left.push(...yield* leftBehind(store, child));
  }
  return left;
}

/** What was held, of all that was in flight, is unknown from now on; unless the person knows better. */
function settled<S>({ row, attempts }: Left, { spec }: Definition<S>): LoopRow {
  const rest = { ...row, reservedNano: 0, reservedTokens: 0 };
  const { onUnknown = "charge" } = spec;
  if (onUnknown === "ignore") return rest;
  if (onUnknown === "charge") {
    const unknownTokens = row.unknownTokens + row.reservedTokens;
    return { ...rest, unknownNano: row.unknownNano + row.reservedNano, unknownTokens };
  }
  const known = attempts.map(({ step, attempt, reservedNano, reservedTokens }) => {
    return toAmount(onUnknown({ step, attempt, reserved: { usd: toUsd(reservedNano), tokens: reservedTokens } }));
  });
  return {
    ...rest,
    spentNano: known.reduce((sum, { nano }) => sum + nano, row.spentNano),
    spentTokens: known.reduce((sum, { tokens }) => sum + tokens, row.spentTokens),
  };
}
