/** What becomes true together. */

import type { LoopBatch, LoopLease, LoopOwner, LoopRow, PoolChange } from "../../../core/ports/loop_store.ts";
import { poolExhausted, runExists, runNotFound } from "./errors.ts";
import { take, verified } from "./leases.ts";
import { attempts, blobs, breakers, type LoopCore, memos, pauses, putEvent, runs, specs, steps } from "./tables.ts";
import type { Dialect, Input, Query, Work } from "./work.ts";

/** Writes a batch under its leases. Everything is one list, so that a database far away is asked once. */
export function* commit(batch: LoopBatch, dialect: Dialect, place: string): Work<void> {
  yield [...verified(batch.leases, dialect), ...changes(batch, place)];
}

/**
 * No row without the lease of its run.
 *
 * @throws {TypeError} If a row belongs to a run whose lease is not among those of the batch.
 */
export function refuseUnleased(
  { leases, runs = [], attempts = [], steps = [], memos = [], pauses = [], events = [] }: LoopBatch,
): void {
  const check = (run: string) => {
    if (leases.some((lease) => lease.run === run)) return;
    throw new TypeError(`Cannot write rows of run ${run} without its lease`);
  };
  for (const { id } of runs) check(id);
  for (const rows of [attempts, steps, memos, pauses, events]) for (const { run } of rows) check(run);
}

/** Adds a run with what belongs to it, and takes its lease. */
export function* createRun(
  run: LoopRow,
  { first, owner }: { readonly first: Omit<LoopBatch, "leases">; readonly owner: LoopOwner },
  dialect: Dialect,
  place: string,
): Work<LoopLease> {
  const isNew: Query["check"] = ({ changes }) => {
    if (changes === 0) throw runExists(run.id);
  };
  yield [
    { ...listed(run), check: isNew },
    { ...runs.put(run), check: isNew },
    specs.put({ run: run.id, specJson: run.specJson }),
    ...changes(first, place),
  ];
  return yield* take(run.id, owner, dialect);
}

/** The run among those of all kinds. */
function listed({ id, name, status, createdAt }: LoopRow): Query {
  const sql = `INSERT INTO runs (id, kind, name, status, created_at, request) VALUES (?, 'loop', ?, ?, ?, '{}')
    ON CONFLICT (id) DO NOTHING`;
  return { sql, inputs: [id, name, status, createdAt], reads: false };
}

function changes(batch: Omit<LoopBatch, "leases">, place: string): Query[] {
  const queries = (batch.pools ?? []).map(changePool);
  for (const run of batch.runs ?? []) queries.push(...updateRun(run, place));
  for (const blob of batch.blobs ?? []) queries.push(blobs.put(blob));
  for (const attempt of batch.attempts ?? []) queries.push(attempts.put(attempt));
  for (const step of batch.steps ?? []) queries.push(steps.put(step));
  for (const memo of batch.memos ?? []) queries.push(memos.put(memo));
  for (const pause of batch.pauses ?? []) queries.push(pauses.put(pause));
  for (const event of batch.events ?? []) queries.push(putEvent(event));
  for (const breaker of batch.breakers ?? []) queries.push(breakers.put(breaker));
  return queries;
}

type RunUpdate = NonNullable<LoopBatch["runs"]>[number];

/** A member that is there as `undefined` is taken away; one that is not there stays. */
function updateRun(update: RunUpdate, place: string): Query[] {
  const { id, specJson, ...members } = update;
  const names = Object.keys(members) as (keyof typeof members)[];
  const queries: Query[] = [];
  if (names.length > 0) {
    const inputs: Input[] = [];
    for (const name of names) runs.members[name].put(members[name] as never, inputs);
    inputs.push(id);
    const check: Query["check"] = ({ changes }) => {
      if (changes === 0) throw runNotFound(id, place);
    };
    queries.push({ sql: updateSql(names), inputs, reads: false, check });
  }
  if (specJson !== undefined) queries.push(specs.put({ run: id, specJson }));
  if (members.status !== undefined) queries.push(relisted(id));
  return queries;
}

/** A loop changes the same few sets of members over and over. */
const updates = new Map<string, string>();

function updateSql(names: readonly (keyof LoopCore)[]): string {
  const key = names.join();
  const known = updates.get(key);
  if (known !== undefined) return known;
  const columns = names.flatMap((name) => runs.members[name].columns);
  const sql = `UPDATE loops SET ${columns.map((column) => `${column} = ?`).join(", ")} WHERE id = ?`;
  updates.set(key, sql);
  return sql;
}

function relisted(run: string): Query {
  const isOpen = "loops.status IN ('running', 'paused')";
  const sql = `UPDATE runs SET
      status = (SELECT status FROM loops WHERE loops.id = runs.id),
      ended_at = (SELECT CASE WHEN ${isOpen} THEN NULL ELSE updated_at END FROM loops WHERE loops.id = runs.id),
      duration_ms = (SELECT CASE WHEN ${isOpen} THEN NULL ELSE active_ms END FROM loops WHERE loops.id = runs.id)
    WHERE id = ?`;
  return { sql, inputs: [run], reads: false };
}

/** What makes a pool's sum smaller is never refused. */
const changePoolSql = `INSERT INTO pools (pool, period, limit_nano, spent_nano, reserved_nano)
  SELECT CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT)
    WHERE CAST(? AS BIGINT) <= CAST(? AS BIGINT)
  ON CONFLICT (pool, period) DO UPDATE SET limit_nano = excluded.limit_nano,
    spent_nano = pools.spent_nano + excluded.spent_nano, reserved_nano = pools.reserved_nano + excluded.reserved_nano
    WHERE pools.spent_nano + pools.reserved_nano + CAST(? AS BIGINT) <= CAST(? AS BIGINT)`;

function changePool(change: PoolChange): Query {
  const { pool, period, limitNano, spentNano, reservedNano, force } = change;
  const more = spentNano + reservedNano;
  const most = force || more <= 0 ? Number.MAX_SAFE_INTEGER : limitNano;
  return {
    sql: changePoolSql,
    inputs: [pool, period, limitNano, spentNano, reservedNano, more, most, more, most],
    reads: false,
    check: ({ changes }) => {
      if (changes === 0) throw poolExhausted(change);
    },
  };
}
