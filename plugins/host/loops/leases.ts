/** Who drives a loop, in the table of all leases. */

import type { LoopHolder, LoopLease, LoopOwner } from "../../../core/ports/loop_store.ts";
import type { LeaseHolder } from "../../../core/ports/store.ts";
import { leaseLost, runNotFound } from "./errors.ts";
import { ask, change, type Dialect, type Query, type Row, type Work } from "./work.ts";

/** Name of a loop's lease. */
export function leaseName(run: string): string {
  return `loop:${run}`;
}

const columns = "pid, host, process_start, run, since, expires_at, held";

/** The lease, or who holds it. A holder whose process is dead on this host, or that was silent for too long, holds nothing. */
export function* acquire(
  { run, owner, steal }: { readonly run: string; readonly owner: LoopOwner; readonly steal: boolean },
  dialect: Dialect,
  place: string,
): Work<LoopLease | LoopHolder> {
  const [row] = yield* ask(
    `SELECT ${columns}, ${dialect.now} FROM leases
      WHERE name = ? AND EXISTS (SELECT 1 FROM loops WHERE id = ?)${dialect.locking}`,
    [leaseName(run), run],
  );
  if (row === undefined) throw runNotFound(run, place);
  const current = holderOf(row);
  if (current !== undefined && !steal && !isDead(current.holder, owner)) return current;
  return yield* take(run, owner, dialect);
}

function isDead(holder: LeaseHolder, { holder: self, isAlive }: LoopOwner): boolean {
  return holder.host === self.host && !isAlive(holder);
}

/** Makes `owner` the holder, with a fence that nobody had before. */
export function* take(run: string, { holder, ttlMs }: LoopOwner, dialect: Dialect): Work<LoopLease> {
  const { pid, host, processStart, since } = holder;
  const [row] = yield* ask(
    `INSERT INTO leases (name, fence, held, pid, host, process_start, run, since, expires_at)
      VALUES (?, 1, 1, ?, ?, ?, ?, ?, ${dialect.now} + ?)
      ON CONFLICT (name) DO UPDATE SET fence = leases.fence + 1, held = 1, pid = excluded.pid, host = excluded.host,
        process_start = excluded.process_start, run = excluded.run, since = excluded.since,
        expires_at = excluded.expires_at
      RETURNING fence`,
    [leaseName(run), pid, host, processStart, holder.run, since, Math.ceil(ttlMs)],
  );
  return { run, fence: Number(row[0]) };
}

/** Who holds it now. */
export function* holder(run: string, dialect: Dialect): Work<LoopHolder | undefined> {
  const [row] = yield* ask(`SELECT ${columns}, ${dialect.now} FROM leases WHERE name = ?`, [leaseName(run)]);
  return row && holderOf(row);
}

function holderOf([pid, host, processStart, run, since, expiresAt, held, now]: Row): LoopHolder | undefined {
  if (held !== 1 || Number(expiresAt) <= Number(now)) return undefined;
  const holder = {
    pid: Number(pid),
    host: String(host),
    processStart: String(processStart),
    run: String(run),
    since: Number(since),
  };
  return { holder, expiresAt: Number(expiresAt) };
}

/** Pushes the expiry on; `false` if another has taken it. */
export function* renew({ run, fence }: LoopLease, ttlMs: number, dialect: Dialect): Work<boolean> {
  const sql = `UPDATE leases SET expires_at = ${dialect.now} + ? WHERE name = ? AND fence = ? AND held = 1`;
  return (yield* change(sql, [Math.ceil(ttlMs), leaseName(run), fence])) === 1;
}

/** The row stays, so that its fence goes on growing; of a lost lease nothing changes. */
export function* release({ run, fence }: LoopLease): Work<void> {
  yield* change("UPDATE leases SET held = 0 WHERE name = ? AND fence = ?", [leaseName(run), fence]);
}

/** Lets nothing be written under a lease that another has taken; in the order of names, so that two never wait for each other. */
export function verified(leases: readonly LoopLease[], dialect: Dialect): Query[] {
  const sorted = leases.length < 2 ? leases : leases.toSorted((a, b) => a.run < b.run ? -1 : 1);
  return sorted.map(({ run, fence }) => ({
    sql: `SELECT 1 FROM leases WHERE name = ? AND fence = ? AND held = 1${dialect.locking}`,
    inputs: [leaseName(run), fence],
    reads: true,
    check: ({ rows }) => {
      if (rows.length === 0) throw leaseLost(run);
    },
  }));
}
