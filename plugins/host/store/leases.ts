import type { Lease, LeaseHolder, Leases } from "../../../core/ports/store.ts";
import { leaseLost } from "./errors.ts";
import type { Row, Statements } from "./statements.ts";

/** Leases in SQLite. A released row stays, so that its fence goes on growing. */
export function sqliteLeases(statements: Statements, transaction: <T>(work: () => T) => T): Leases {
  return {
    acquire: (name, holder, ttlMs, now, isAlive) =>
      transaction(() => {
        const row = statements.get("SELECT * FROM leases WHERE name = ?", name);
        const current = row?.held === 1 ? toHolder(row) : undefined;
        const free = current === undefined || Number(row?.expires_at) <= now ||
          (current.host === holder.host && !isAlive(current));
        if (!free) return current;
        const fence = Number(row?.fence ?? 0) + 1;
        putLease(statements, { name, fence }, holder, now + ttlMs);
        return { name, fence };
      }),
    renew: ({ name, fence }, ttlMs, now) => {
      const sql = "UPDATE leases SET expires_at = ? WHERE name = ? AND fence = ? AND held = 1";
      return statements.run(sql, now + ttlMs, name, fence) === 1;
    },
    release: ({ name, fence }) => {
      statements.run("UPDATE leases SET held = 0 WHERE name = ? AND fence = ?", name, fence);
    },
    holder: (name, now) => {
      const row = statements.get("SELECT * FROM leases WHERE name = ? AND held = 1 AND expires_at > ?", name, now);
      return row && toHolder(row);
    },
  };
}

function putLease(statements: Statements, lease: Lease, holder: LeaseHolder, expiresAt: number): void {
  const sql = `INSERT OR REPLACE INTO leases
    (name, fence, held, pid, host, process_start, run, since, expires_at) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?)`;
  const { pid, host, processStart, run, since } = holder;
  statements.run(sql, lease.name, lease.fence, pid, host, processStart, run, since, expiresAt);
}

function toHolder(row: Row): LeaseHolder {
  return {
    pid: Number(row.pid),
    host: String(row.host),
    processStart: String(row.process_start),
    run: String(row.run),
    since: Number(row.since),
  };
}

/** @throws {LoomError} `lease-lost` if the lease is no longer held under this fence. */
export function verifyLease(statements: Statements, { name, fence }: Lease): void {
  const row = statements.get("SELECT fence, held FROM leases WHERE name = ?", name);
  if (row?.fence !== fence || row.held !== 1) throw leaseLost(name);
}
