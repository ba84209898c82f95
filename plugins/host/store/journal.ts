import type { RunEvent } from "../../../core/ports/events.ts";
import type { AttemptRecord, Journal, RunFilter, RunRecord, RunSummary } from "../../../core/ports/store.ts";
import { sqlitePoints } from "./points.ts";
import { results } from "./results.ts";
import { defined, type Input, type Row, type Statements } from "./statements.ts";

const runColumns = `id, kind, name, status, created_at AS createdAt, ended_at AS endedAt, duration_ms AS durationMs,
  request, source, details, metrics`;
const attemptColumns = `run, step, part, attempt, status, command, pid, started_at AS startedAt,
  duration_ms AS durationMs, exit_code AS exitCode, signal, error, log`;

/** Counted for each run of a list that costs more than all the rest, so it is kept with the run once that has ended. */
const begunSteps = "(SELECT count(DISTINCT step) FROM attempts WHERE run = runs.id)";

/** How many points are done of how many, likewise. NULL where there are none. */
const donePoints = "(SELECT sum(status = 'done') || '/' || count(*) FROM points WHERE run = runs.id)";

const OWNED = ["attempts", "events", "steps", "points"];

const summaryColumns = `id, kind, name, status, created_at, duration_ms, ifnull(steps, ${begunSteps}), fresh,
  CASE WHEN ended_at IS NULL THEN ${donePoints} ELSE points END`;

/** Texts, and for each row what SQLite adds to it, about. */
const sizesOfRuns = `SELECT run, sum(bytes) AS bytes FROM (
    SELECT id AS run, 200 + length(request) + length(ifnull(details, '')) + length(ifnull(metrics, '')) AS bytes
      FROM runs WHERE kind = 'pipeline'
    UNION ALL SELECT run, 30 + length(body) FROM events
    UNION ALL SELECT run, 100 + length(command) + length(ifnull(error, '')) FROM attempts
    UNION ALL SELECT run, 100 + length(fingerprint) + length(outputs) FROM steps
    UNION ALL SELECT run, 60 + length(point_values) + length(metrics) + length(ifnull(shared, '')) FROM points
  ) WHERE run IN (SELECT id FROM runs WHERE kind = 'pipeline') GROUP BY run`;

/** Runs, attempts and events in SQLite. */
export function sqliteJournal(statements: Statements): Journal {
  return {
    createRun: (run) => createRun(statements, run),
    finishRun: (id, { status, endedAt, durationMs, metrics, fresh }) => {
      const sql = `UPDATE runs SET status = ?, ended_at = ?, duration_ms = ?, metrics = ifnull(?, metrics),
        fresh = ?, steps = ${begunSteps}, points = ${donePoints} WHERE id = ?`;
      statements.run(sql, status, endedAt, durationMs, metrics && JSON.stringify(metrics), fresh, id);
    },
    putAttempt: (attempt) => putAttempt(statements, attempt),
    appendEvent: (event) => {
      const sql = "INSERT INTO events (run, seq, body) VALUES (?, ?, ?)";
      statements.run(sql, event.run, event.seq, JSON.stringify(event));
    },
    getRun: (id) => {
      const row = statements.get(`SELECT ${runColumns} FROM runs WHERE id = ?`, id);
      return row && toRun(row);
    },
    setDetails: (id, details) => {
      statements.run("UPDATE runs SET details = ? WHERE id = ?", JSON.stringify(details), id);
    },
    listRuns: (filter) => statements.all(...listed(runColumns, filter)).map(toRun),
    listSummaries: (filter) => {
      const [sql, ...inputs] = listed(summaryColumns, filter);
      return statements.lists(sql, inputs).map(toSummary);
    },
    results: (filter = {}) => results(statements, filter),
    attempts: (run) => {
      const sql = `SELECT ${attemptColumns} FROM attempts WHERE run = ? ORDER BY rowid`;
      return statements.all(sql, run).map(toAttempt);
    },
    events: (run, afterSeq = 0) => {
      const sql = "SELECT body FROM events WHERE run = ? AND seq > ? ORDER BY seq";
      return statements.all(sql, run, afterSeq).map((row) => JSON.parse(String(row.body)) as RunEvent);
    },
    ...sqlitePoints(statements),
    sizes: () => new Map(statements.all(sizesOfRuns).map((row) => [String(row.run), Number(row.bytes)])),
    removeRuns: (ids) => {
      for (const id of ids) {
        for (const table of OWNED) statements.run(`DELETE FROM ${table} WHERE run = ?`, id);
        statements.run("DELETE FROM runs WHERE id = ?", id);
      }
    },
  };
}

function createRun(statements: Statements, run: RunRecord): void {
  const sql =
    `INSERT INTO runs (id, kind, name, status, created_at, ended_at, duration_ms, request, source, details, metrics)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
  const { id, kind, name, status, createdAt, endedAt, durationMs, source } = run;
  const [request, details, metrics] = [run.request, run.details, run.metrics].map((it) => it && JSON.stringify(it));
  statements.run(sql, id, kind, name, status, createdAt, endedAt, durationMs, request, source, details, metrics);
}

/** A later record of the same attempt replaces the earlier one and keeps its place. */
function putAttempt(statements: Statements, attempt: AttemptRecord): void {
  const sql = `INSERT INTO attempts
    (run, step, part, attempt, status, command, pid, started_at, duration_ms, exit_code, signal, error, log)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET status = excluded.status, command = excluded.command, pid = excluded.pid,
      started_at = excluded.started_at, duration_ms = excluded.duration_ms, exit_code = excluded.exit_code,
      signal = excluded.signal, error = excluded.error, log = excluded.log`;
  const { run, step, part, status, pid, startedAt, durationMs, exitCode, signal, error, log } = attempt;
  const place = [run, step, part, attempt.attempt];
  const command = JSON.stringify(attempt.command);
  statements.run(sql, ...place, status, command, pid, startedAt, durationMs, exitCode, signal, error, log);
}

function listed(columns: string, filter: RunFilter = {}): [sql: string, ...inputs: Input[]] {
  const sql = `SELECT ${columns} FROM runs WHERE (?1 IS NULL OR name = ?1) AND (?2 IS NULL OR status = ?2)
    AND (?4 IS NULL OR kind = ?4) ORDER BY created_at DESC, id DESC LIMIT ?3`;
  return [sql, filter.name, filter.status, filter.limit ?? -1, filter.kind];
}

function toSummary(row: readonly unknown[]): RunSummary {
  const [id, kind, name, status, createdAt, durationMs, steps, fresh, points] = row;
  const summary: Record<string, unknown> = { id, kind, name, status, createdAt, steps };
  if (durationMs !== null) summary.durationMs = durationMs;
  if (fresh !== null && fresh !== 0) summary.fresh = fresh;
  if (points !== null) summary.points = pointsOf(String(points));
  return summary as unknown as RunSummary;
}

function pointsOf(text: string): RunSummary["points"] {
  const [done, total] = text.split("/").map(Number);
  return { done, total };
}

function toRun(row: Row): RunRecord {
  const [request, details, metrics] = [row.request, row.details, row.metrics].map((text) =>
    text === null ? undefined : JSON.parse(String(text))
  );
  return defined({ ...row, request, details, metrics }) as unknown as RunRecord;
}

function toAttempt(row: Row): AttemptRecord {
  return defined({ ...row, command: JSON.parse(String(row.command)) }) as unknown as AttemptRecord;
}
