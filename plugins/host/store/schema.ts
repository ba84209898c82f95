import type { DatabaseSync } from "node:sqlite";
import { LoomError } from "../../../core/errors.ts";

/**
 * Tables of loops, of which every kind of database has the same.
 *
 * `loops` is written at every step, so what is long and never changes (`loop_specs`) stands apart. What may be longer than a
 * quarter of a page has a rowid: without one SQLite would spill it. Blobs are referred to by digest from everywhere and
 * swept when nothing does; a foreign key on them would cost a search at every step and an index for every column.
 */
export const loopTables = `CREATE TABLE loops (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, version TEXT, spec_hash TEXT NOT NULL, status TEXT NOT NULL,
    reason TEXT NOT NULL, error TEXT, error_stack TEXT, input_ref TEXT NOT NULL, head_step INTEGER, head_branch TEXT,
    best_step INTEGER, best_branch TEXT, best_score REAL, next_step INTEGER NOT NULL, steps INTEGER NOT NULL,
    iterations INTEGER NOT NULL, active_ms REAL NOT NULL, limits TEXT NOT NULL, guarantee TEXT NOT NULL,
    memory TEXT NOT NULL, parent_run TEXT, parent_step INTEGER, parent_branch TEXT, forked_run TEXT,
    forked_step INTEGER, inherited_nano INTEGER NOT NULL, pool TEXT, cancel_requested INTEGER NOT NULL,
    last_seq INTEGER NOT NULL, imported INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
    spent_nano INTEGER NOT NULL, spent_tokens INTEGER NOT NULL, reserved_nano INTEGER NOT NULL,
    reserved_tokens INTEGER NOT NULL, unknown_nano INTEGER NOT NULL, unknown_tokens INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX loops_by_time ON loops (created_at DESC, id DESC);
  CREATE INDEX loops_by_parent ON loops (parent_run) WHERE parent_run IS NOT NULL;
  CREATE TABLE loop_specs (
    run TEXT PRIMARY KEY REFERENCES loops (id) ON DELETE CASCADE, spec_json TEXT NOT NULL
  ) STRICT;
  CREATE TABLE loop_steps (
    run TEXT NOT NULL REFERENCES loops (id) ON DELETE CASCADE, step INTEGER NOT NULL, branch TEXT NOT NULL,
    attempt INTEGER NOT NULL, status TEXT NOT NULL, input_step INTEGER, input_branch TEXT, state_ref TEXT,
    cost_nano INTEGER NOT NULL, child_nano INTEGER NOT NULL, tokens INTEGER NOT NULL, score REAL, score_error TEXT,
    cost_error TEXT, error TEXT, error_stack TEXT, decision TEXT NOT NULL, started_at INTEGER NOT NULL,
    duration_ms REAL NOT NULL,
    PRIMARY KEY (run, step, branch)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE loop_attempts (
    run TEXT NOT NULL REFERENCES loops (id) ON DELETE CASCADE, step INTEGER NOT NULL, branch TEXT NOT NULL,
    attempt INTEGER NOT NULL, status TEXT NOT NULL, reserved_nano INTEGER NOT NULL, reserved_tokens INTEGER NOT NULL,
    actual_nano INTEGER, actual_tokens INTEGER, error TEXT, fence INTEGER NOT NULL, started_at INTEGER NOT NULL,
    PRIMARY KEY (run, step, branch, attempt)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE loop_memos (
    run TEXT NOT NULL REFERENCES loops (id) ON DELETE CASCADE, step INTEGER NOT NULL, branch TEXT NOT NULL,
    key TEXT NOT NULL, value TEXT NOT NULL, cost_nano INTEGER NOT NULL,
    PRIMARY KEY (run, step, branch, key)
  ) STRICT;
  CREATE TABLE loop_pauses (
    run TEXT NOT NULL REFERENCES loops (id) ON DELETE CASCADE, key TEXT NOT NULL, request TEXT NOT NULL, schema TEXT,
    answer TEXT, deadline INTEGER, asked_at INTEGER NOT NULL, answered_at INTEGER,
    PRIMARY KEY (run, key)
  ) STRICT;
  CREATE TABLE blobs (ref TEXT PRIMARY KEY, codec TEXT NOT NULL, base_ref TEXT, bytes BLOB NOT NULL) STRICT;
  CREATE TABLE breakers (name TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE pools (
    pool TEXT NOT NULL, period TEXT NOT NULL, limit_nano INTEGER NOT NULL, spent_nano INTEGER NOT NULL,
    reserved_nano INTEGER NOT NULL,
    PRIMARY KEY (pool, period)
  ) STRICT, WITHOUT ROWID;`;

/**
 * What each version of the database adds to the one before; `user_version` counts how many were applied.
 * Only ever append: databases of older looms go forward, never back.
 */
const migrations: readonly string[] = [
  `CREATE TABLE runs (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL, created_at INTEGER NOT NULL,
    ended_at INTEGER, duration_ms REAL, request TEXT NOT NULL, source TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX runs_by_time ON runs (created_at DESC);
  CREATE TABLE attempts (
    run TEXT NOT NULL, step TEXT NOT NULL, part TEXT NOT NULL, attempt INTEGER NOT NULL, status TEXT NOT NULL,
    command TEXT NOT NULL, pid INTEGER, started_at INTEGER NOT NULL, duration_ms REAL, exit_code INTEGER,
    signal TEXT, error TEXT, log TEXT,
    PRIMARY KEY (run, step, part, attempt)
  ) STRICT;
  CREATE TABLE events (
    run TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (run, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE memos (
    scope TEXT NOT NULL, step TEXT NOT NULL, part TEXT NOT NULL, state TEXT NOT NULL, fingerprint TEXT NOT NULL,
    outputs TEXT NOT NULL, run TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (scope, step, part)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE digests (
    path TEXT PRIMARY KEY, size_bytes INTEGER NOT NULL, mtime_ms REAL NOT NULL, ctime_ms REAL NOT NULL,
    inode INTEGER NOT NULL, digest TEXT NOT NULL, at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE leases (
    name TEXT PRIMARY KEY, fence INTEGER NOT NULL, held INTEGER NOT NULL, pid INTEGER NOT NULL, host TEXT NOT NULL,
    process_start TEXT NOT NULL, run TEXT NOT NULL, since INTEGER NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;`,
  "CREATE TABLE receipts (scope TEXT PRIMARY KEY, request TEXT NOT NULL, body TEXT NOT NULL) STRICT;",
  loopTables,
  `CREATE TABLE audit (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL, hash TEXT NOT NULL, before TEXT NOT NULL
  ) STRICT;
  CREATE TABLE approvals (
    token_hash TEXT PRIMARY KEY, binding TEXT NOT NULL, origin TEXT NOT NULL, granted_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE changes (
    id INTEGER PRIMARY KEY, task TEXT NOT NULL, at INTEGER NOT NULL, operation TEXT NOT NULL, path TEXT NOT NULL,
    new_path TEXT, before_ref TEXT, before_mode INTEGER, after_ref TEXT, after_mode INTEGER, status TEXT NOT NULL
  ) STRICT;
  CREATE INDEX changes_by_task ON changes (task);`,
  `ALTER TABLE runs ADD COLUMN details TEXT;
  ALTER TABLE runs ADD COLUMN metrics TEXT;
  ALTER TABLE runs ADD COLUMN steps INTEGER;
  ALTER TABLE runs ADD COLUMN fresh INTEGER;
  ALTER TABLE runs ADD COLUMN points TEXT;
  CREATE TABLE steps (
    run TEXT NOT NULL, step TEXT NOT NULL, part TEXT NOT NULL, fingerprint TEXT NOT NULL, outputs TEXT NOT NULL,
    peak_bytes INTEGER, name TEXT, at INTEGER,
    PRIMARY KEY (run, step, part)
  ) STRICT;
  CREATE INDEX steps_by_name ON steps (name, step, part, at);
  CREATE TABLE points (
    run TEXT NOT NULL, point TEXT NOT NULL, number INTEGER NOT NULL, point_values TEXT NOT NULL, status TEXT NOT NULL,
    metrics TEXT NOT NULL, duration_ms REAL, reason TEXT, exact TEXT, shared TEXT,
    PRIMARY KEY (run, point)
  ) STRICT, WITHOUT ROWID;`,
];

/** How many migrations this loom knows. */
export const schemaVersion: number = migrations.length;

/** Which schema the database has: 0 for an empty one. */
export function versionOf(database: DatabaseSync): number {
  return Number(database.prepare("PRAGMA user_version").get()?.user_version ?? 0);
}

/**
 * Brings the database to this loom's schema; two looms that start at once do it one after the other.
 *
 * @throws {LoomError} `store-too-new` if a newer loom wrote it.
 */
export function migrate(database: DatabaseSync, path: string): void {
  if (versionOf(database) === schemaVersion) return;
  database.exec("BEGIN IMMEDIATE");
  try {
    const from = versionOf(database);
    refuseNewer(from, path);
    for (const step of migrations.slice(from)) database.exec(step);
    database.exec(`PRAGMA user_version = ${schemaVersion}`);
    database.exec("COMMIT");
  } catch (error) {
    // SQLite has sometimes rolled back already: on a full disk.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

/** @throws {LoomError} `store-too-new` if `version` is unknown to this loom. */
export function refuseNewer(version: number, path: string): void {
  if (version <= schemaVersion) return;
  throw new LoomError("store-too-new", `Cannot use ${path}: a newer loom wrote it (schema ${version})`, {
    hint: `update loom, or move the folder away; this loom knows schemas up to ${schemaVersion}`,
    data: { path, version, known: schemaVersion },
  });
}
