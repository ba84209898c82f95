/**
 * Budgets that several runs share, of a day, a month or all time. They are kept in the store, so that runs of other processes
 * count, too.
 *
 * @module
 */

import type { PoolChange } from "../../ports/loop_store.ts";
import { isLoomError } from "../../errors.ts";
import { BudgetExhausted } from "../base/errors.ts";
import { type Flow, wait } from "../base/flow.ts";
import { toNano, toUsd } from "../base/money.ts";
import type { Definition } from "../definition/definition.ts";
import type { Drive } from "./drive.ts";

/** What is held of a pool for one piece of work. */
export interface Pooled {
  readonly pool: string;
  readonly period: string;
  readonly limitNano: number;
  heldNano: number;
}

/** What is to be held of the loop's pool, if it has one. */
export function pooledFor<S>({ definition, host }: Drive<S>, nano: number): Pooled | undefined {
  return poolNow(definition, host.clock.now(), nano);
}

/** {@linkcode pooledFor} at a given time, UTC milliseconds. */
export function poolNow<S>({ spec: { pool } }: Definition<S>, now: number, nano: number): Pooled | undefined {
  if (pool === undefined) return undefined;
  return { pool: pool.name, period: periodOf(now, pool.per), limitNano: toNano(pool.usd), heldNano: nano };
}

/** `2026-11-21`, `2026-11` or all time, UTC. */
function periodOf(now: number, per: "day" | "month" | undefined): string {
  return per === undefined ? "" : new Date(now).toISOString().slice(0, per === "day" ? 10 : 7);
}

/** The change that holds money; the store refuses it when too little is left. */
export function holding(pooled: Pooled, nano: number): PoolChange {
  const { pool, period, limitNano } = pooled;
  return { pool, period, limitNano, spentNano: 0, reservedNano: nano, force: false };
}

/** The change that gives back what was held and charges what was spent, however much that is. */
export function settling(pooled: Pooled, spentNano: number): PoolChange {
  const { pool, period, limitNano, heldNano } = pooled;
  pooled.heldNano = 0;
  return { pool, period, limitNano, spentNano, reservedNano: -heldNano, force: true };
}

/** Whether something is left at all: where nothing is known of a cost, nothing is held of it. */
export function* poolRefusal<S>(drive: Drive<S>, pooled: Pooled | undefined): Flow<BudgetExhausted | undefined> {
  if (pooled === undefined) return undefined;
  const row = yield* wait(drive.store.pool(pooled.pool, pooled.period));
  const used = (row?.spentNano ?? 0) + (row?.reservedNano ?? 0);
  const isFree = used < pooled.limitNano && used + pooled.heldNano <= pooled.limitNano;
  return isFree ? undefined : poolExhausted(drive, pooled);
}

/** Whether a store refused a batch for the sake of a shared budget. */
export function isPoolExhausted(error: unknown): boolean {
  return isLoomError(error) && error.code === "POOL_EXHAUSTED";
}

/** The shared budget has too little left. */
export function poolExhausted<S>(drive: Drive<S>, { limitNano, heldNano }: Pooled): BudgetExhausted {
  const max = toUsd(limitNano);
  const facts = { limit: "pool", used: max, max, reserve: toUsd(heldNano), scope: "own" } as const;
  return new BudgetExhausted(facts, { runId: drive.row.id });
}
