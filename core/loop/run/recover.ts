/**
 * What a process that died left behind: attempts in flight are lost, and what was held for them may have been spent.
 *
 * @module
 */

import type { LoopAttempt, LoopLease, LoopRow, LoopStore } from "../../ports/loop_store.ts";
import type { Definition } from "../definition/definition.ts";
import type { Amount } from "../budget/ledger.ts";
import { toAmount } from "../definition/limits.ts";
import { type Flow, wait } from "../base/flow.ts";
import type { LoopHost } from "../../ports/loop_host.ts";
import { toUsd } from "../base/money.ts";
import { ownerOf } from "../drive/open_drive.ts";
import { poolNow, settling } from "../drive/pool.ts";

interface Outside<S> {
  readonly definition: Definition<S>;
  readonly store: LoopStore;
  readonly host: LoopHost;
}

/** The run and everything below it that was in flight. */
interface Left {
  readonly row: LoopRow;
  readonly attempts: readonly LoopAttempt[];
}

/** Marks lost attempts in the run and in its children, and gives the run as it is then. `mine`: its lease and those around. */
export function* recover<S>(
  { definition, store, host }: {
    readonly definition: Definition<S>;
    readonly store: LoopStore;
    readonly host: LoopHost;
  },
  row: LoopRow,
  mine: readonly LoopLease[],
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
    data: JSON.stringify({ step: one.step, attempt: one.attempt, unknownUsd: toUsd(leftOf(one).nano) }),
    at: now,
  }));
  const own = runs.find(({ id }) => id === row.id) ?? row;
  const recovered = { ...own, lastSeq: row.lastSeq + events.length };
  const changes = runs.map((it) => it.id === row.id ? recovered : it).map(changed);
  const children = yield* takeChildren({ definition, store, host }, runs.filter(({ id }) => id !== row.id));
  const leases = [...mine, ...children];
  const isHeld = ({ id }: { readonly id: string }) => leases.some(({ run }) => run === id);
  const pools = poolOf(definition, host, row.reservedNano, own.unknownNano - row.unknownNano);
  const held = attempts.filter((it) => isHeld({ id: it.run }));
  yield* wait(store.commit({ leases, runs: changes.filter(isHeld), attempts: held, events, pools }));
  for (const child of children) yield* wait(store.release(child));
  return recovered;
}

/** Whoever drives a child drives it for a run that it has lost: dead or alive, it loses the child, too. */
function* takeChildren<S>(
  { definition, store, host }: Outside<S>,
  children: readonly LoopRow[],
): Flow<readonly LoopLease[]> {
  const leases: LoopLease[] = [];
  for (const { id } of children) {
    const taken = yield* wait(store.acquire(id, ownerOf(definition, host, id), { steal: true }));
    if ("fence" in taken) leases.push(taken);
  }
  return leases;
}

/** What was held of a shared budget is spent, as far as that is unknown. */
function poolOf<S>(definition: Definition<S>, host: LoopHost, reservedNano: number, unknownNano: number) {
  const pooled = poolNow(definition, host.clock.now(), reservedNano);
  return pooled === undefined || reservedNano === 0 ? [] : [settling(pooled, unknownNano)];
}

function changed(row: LoopRow) {
  const { id, lastSeq, spentNano, spentTokens, reservedNano, reservedTokens, unknownNano, unknownTokens } = row;
  return { id, lastSeq, spentNano, spentTokens, reservedNano, reservedTokens, unknownNano, unknownTokens };
}

function* leftBehind(store: LoopStore, row: LoopRow): Flow<readonly Left[]> {
  const attempts = yield* wait(store.attempts(row.id, { status: "in_flight" }));
  const isOpen = attempts.length > 0 || row.reservedNano > 0 || row.reservedTokens > 0;
  return [...(isOpen ? [{ row, attempts }] : []), ...yield* leftBelow(store, row)];
}

/** Children that nothing is in flight of are among them: their leases are taken. */
function* leftBelow(store: LoopStore, { id }: LoopRow): Flow<readonly Left[]> {
  const left: Left[] = [];
  for (const child of yield* wait(store.listRuns({ parent: id }))) {
    if (child.status !== "running") continue;
    const attempts = yield* wait(store.attempts(child.id, { status: "in_flight" }));
    left.push({ row: child, attempts }, ...yield* leftBelow(store, child));
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
  const known = attempts.map((one) => {
    const { nano, tokens } = leftOf(one);
    return toAmount(onUnknown({ step: one.step, attempt: one.attempt, reserved: { usd: toUsd(nano), tokens } }));
  });
  return {
    ...rest,
    spentNano: known.reduce((sum, { nano }) => sum + nano, row.spentNano),
    spentTokens: known.reduce((sum, { tokens }) => sum + tokens, row.spentTokens),
  };
}

/** What was held of an attempt and not known to be spent. */
function leftOf({ reservedNano, reservedTokens, actualNano = 0, actualTokens = 0 }: LoopAttempt): Amount {
  return { nano: Math.max(0, reservedNano - actualNano), tokens: Math.max(0, reservedTokens - actualTokens) };
}
