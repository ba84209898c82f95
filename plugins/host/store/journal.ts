import type { RunEvent } from "../../../core/ports/events.ts";
import type { AttemptRecord, Journal, RunRecord } from "../../../core/ports/store.ts";
import { defined, type Row, type Statements } from "./statements.ts";

const runColumns = `id, kind, name, status, created_at AS createdAt, ended_at AS endedAt, duration_ms AS durationMs,
  request, source`;
const attemptColumns = `run, step, part, attempt, status, command, pid, started_at AS startedAt,
  duration_ms AS durationMs, exit_code AS exitCode, signal, error, log`;

/** Runs, attempts and events in SQLite. */
export function sqliteJournal(statements: Statements): Journal {
  return {
    createRun: (run) => createRun(statements, run),
    finishRun: (id, { status, endedAt, durationMs }) => {
      const sql = "UPDATE runs SET status = ?, ended_at = ?, duration_ms = ? WHERE id = ?";
      statements.run(sql, status, endedAt, durationMs, id);
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
    listRuns: (filter) => listRuns(statements, filter),
    attempts: (run) => {
      const sql = `SELECT ${attemptColumns} FROM attempts WHERE run = ? ORDER BY rowid`;
      return statements.all(sql, run).map(toAttempt);
    },
    events: (run, afterSeq = 0) => {
      const sql = "SELECT body FROM events WHERE run = ? AND seq > ? ORDER BY seq";
      return statements.all(sql, run, afterSeq).map((row) => JSON.parse(String(row.body)) as RunEvent);
    },
  };
}

function createRun(statements: Statements, run: RunRecord): void {
  const sql = `INSERT INTO runs (id, kind, name, status, created_at, ended_at, duration_ms, request, source)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
  const { id, kind, name, status, createdAt, endedAt, durationMs, source } = run;
  statements.run(sql, id, kind, name, status, createdAt, endedAt, durationMs, JSON.stringify(run.request), source);
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

function listRuns(statements: Statements, filter: Parameters<Journal["listRuns"]>[0] = {}): readonly RunRecord[] {
  const sql = `SELECT ${runColumns} FROM runs WHERE (?1 IS NULL OR name = ?1) AND (?2 IS NULL OR status = ?2)
    AND (?4 IS NULL OR kind = ?4) ORDER BY created_at DESC, id DESC LIMIT ?3`;
  return statements.all(sql, filter.name, filter.status, filter.limit ?? -1, filter.kind).map(toRun);
}

function toRun(row: Row): RunRecord {
  return defined({ ...row, request: JSON.parse(String(row.request)) }) as unknown as RunRecord;
}

function toAttempt(row: Row): AttemptRecord {
  return defined({ ...row, command: JSON.parse(String(row.command)) }) as unknown as AttemptRecord;
}
