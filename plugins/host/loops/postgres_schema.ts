/** Tables of loops in PostgreSQL. */

import { LoomError } from "../../../core/errors.ts";
import { loopTables } from "../store/schema.ts";
import { ask, change, type Work } from "./work.ts";

/** As those of SQLite: what all kinds of runs share is read and written by the same questions. */
const sharedTables = `CREATE TABLE runs (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL, created_at INTEGER NOT NULL,
    ended_at INTEGER, duration_ms REAL, request TEXT NOT NULL, source TEXT
  ) STRICT;
  CREATE TABLE events (run TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (run, seq)) STRICT;
  CREATE TABLE leases (
    name TEXT PRIMARY KEY, fence INTEGER NOT NULL, held INTEGER NOT NULL, pid INTEGER NOT NULL, host TEXT NOT NULL,
    process_start TEXT NOT NULL, run TEXT NOT NULL, since INTEGER NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT;`;

/** What each version adds to the one before. Only ever append. */
const migrations: readonly string[] = [inPostgres(sharedTables) + inPostgres(loopTables)];

/**
 * The same numbers as SQLite's, and the same order of texts: by their bytes. No foreign keys: they make a commit an eighth
 * slower here, and rows are only written under the lease of their run.
 */
function inPostgres(sql: string): string {
  return sql
    .replaceAll(" REFERENCES loops (id) ON DELETE CASCADE", "")
    .replaceAll(/ INTEGER\b/g, " BIGINT")
    .replaceAll(/ REAL\b/g, " DOUBLE PRECISION")
    .replaceAll(/ BLOB\b/g, " BYTEA")
    .replaceAll(/ TEXT\b/g, ' TEXT COLLATE "C"')
    .replaceAll(/\) STRICT(, WITHOUT ROWID)?;/g, ");");
}

/** Any number will do, as long as every loom takes the same. */
const migrationLock = 7_106_013;

/** Which schema there is: 0 for none. */
export function* schemaVersion(schema: string): Work<number> {
  const [[known]] = yield* ask("SELECT count(*) FROM pg_tables WHERE schemaname = ? AND tablename = 'loom_schema'", [
    schema,
  ]);
  if (Number(known) === 0) return 0;
  const [row] = yield* ask("SELECT version FROM loom_schema");
  return Number(row?.[0] ?? 0);
}

/** Whether there is nothing to do; throws `store-too-new` if a newer loom was here. */
export function isCurrent(version: number, place: string): boolean {
  if (version <= migrations.length) return version === migrations.length;
  throw new LoomError("store-too-new", `Cannot use ${place}: a newer loom wrote it (schema ${version})`, {
    hint: `update loom, or use another schema; this loom knows schemas up to ${migrations.length}`,
    data: { place, version, known: migrations.length },
  });
}

/** Brings the schema up to date; of many that start at once, one does it and the others wait. */
export function* migrate(schema: string, place: string): Work<void> {
  yield* ask("SELECT pg_advisory_xact_lock(?)", [migrationLock]);
  const version = yield* schemaVersion(schema);
  if (isCurrent(version, place)) return;
  yield* change(`CREATE SCHEMA IF NOT EXISTS ${quoted(schema)}`);
  yield* change("CREATE TABLE IF NOT EXISTS loom_schema (version BIGINT NOT NULL)");
  for (const migration of migrations.slice(version)) yield* statementsOf(migration);
  yield* change("DELETE FROM loom_schema");
  yield* change("INSERT INTO loom_schema (version) VALUES (?)", [migrations.length]);
}

function* statementsOf(migration: string): Work<void> {
  for (const sql of migration.split(";")) if (sql.trim() !== "") yield* change(sql);
}

/** A name as PostgreSQL takes any. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
