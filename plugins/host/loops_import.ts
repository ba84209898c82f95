/**
 * Reads the database of the original, loomc 0.2.0 or 0.3.0, without changing a byte of it.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { LoomError } from "../../core/errors.ts";
import type { OriginalCell, OriginalRun, OriginalStep } from "../../core/ports/original_loops.ts";

type Row = Record<string, OriginalCell>;

/** Files beside a database in which a commit may lie that was cut short. */
const COMPANIONS = ["-journal", "-wal"];

/**
 * The runs in a file of the original, oldest first, then steps without a run.
 *
 * @throws {LoomError} `not-found` if there is no such file, `not-original` if it is no database of the original.
 */
export function* readOriginal(path: string): Generator<OriginalRun> {
  if (!exists(path)) throw new LoomError("not-found", `Cannot import ${path}: there is no such file`);
  using copy = needsRecovery(path) ? copied(path) : undefined;
  const database = open(copy?.path ?? path, copy === undefined);
  try {
    yield* runsOf(database, path);
  } finally {
    database.close();
  }
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Whether the database is whole only together with the files beside it. */
function needsRecovery(path: string): boolean {
  return COMPANIONS.some((suffix) => exists(path + suffix) && Deno.statSync(path + suffix).size > 0);
}

/** A copy that SQLite may repair: the file itself stays as it is. */
function copied(path: string): Disposable & { readonly path: string } {
  const folder = Deno.makeTempDirSync({ prefix: "loom-import-" });
  for (const suffix of ["", ...COMPANIONS].filter((it) => exists(path + it))) {
    Deno.copyFileSync(path + suffix, `${folder}/original.db${suffix}`);
  }
  return { path: `${folder}/original.db`, [Symbol.dispose]: () => Deno.removeSync(folder, { recursive: true }) };
}

/** `immutable`: SQLite neither locks nor looks for a journal, and makes no file beside it. */
function open(path: string, isImmutable: boolean): DatabaseSync {
  if (!isImmutable) return new DatabaseSync(path);
  const url = pathToFileURL(path);
  url.search = "mode=ro&immutable=1";
  return new DatabaseSync(url, { readOnly: true });
}

function* runsOf(database: DatabaseSync, path: string): Generator<OriginalRun> {
  const stepsOf = stepReader(database, path);
  for (const { id, ...run } of rows(database, "SELECT * FROM runs ORDER BY created_at, id")) {
    const { spec_hash: specHash, status, created_at: createdAt, updated_at: updatedAt } = run;
    yield { id: text(id), facts: { specHash, status, createdAt, updatedAt }, steps: stepsOf(id) };
  }
  const orphans = "SELECT DISTINCT run_id FROM steps WHERE run_id NOT IN (SELECT id FROM runs WHERE id IS NOT NULL)";
  for (const { run_id: id } of rows(database, orphans)) yield { id: text(id), steps: stepsOf(id) };
}

/** Finds out on the way whether this is a database of the original at all. */
function stepReader(database: DatabaseSync, path: string): (run: OriginalCell) => readonly OriginalStep[] {
  try {
    rows(database, "SELECT id, spec_hash, status, created_at, updated_at FROM runs LIMIT 1");
    const wanted = "step_n, state_blob, cost_usd, score, timestamp, error";
    const statement = database.prepare(`SELECT *, ${wanted} FROM steps WHERE run_id = ? ORDER BY step_n`);
    statement.setReadBigInts(true);
    return (run) => (statement.all(run) as Row[]).map(toStep);
  } catch (cause) {
    throw new LoomError("not-original", `Cannot import ${path}: it is no database of loomc`, {
      hint: "loomc keeps its runs in .loomc/checkpoints.db",
      cause,
    });
  }
}

function rows(database: DatabaseSync, sql: string): Row[] {
  return database.prepare(sql).all() as Row[];
}

function toStep(row: Row): OriginalStep {
  return {
    number: row.step_n,
    state: row.state_blob,
    costUsd: number(row.cost_usd),
    score: number(row.score),
    timestamp: row.timestamp,
    error: row.error,
    breakerEvent: row.breaker_event ?? null,
  };
}

/** Whole numbers are read in full; one that fits is a number as any other. */
function number(cell: OriginalCell): OriginalCell {
  return typeof cell === "bigint" && BigInt(Number(cell)) === cell ? Number(cell) : cell;
}

function text(cell: OriginalCell): string {
  return cell instanceof Uint8Array ? new TextDecoder().decode(cell) : String(cell);
}
