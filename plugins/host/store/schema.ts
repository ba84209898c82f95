import type { DatabaseSync } from "node:sqlite";
import { LoomError } from "../../../core/errors.ts";

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
