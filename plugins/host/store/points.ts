import type { Journal, PointRecord, StepRecord } from "../../../core/ports/store.ts";
import { defined, type Row, type Statements } from "./statements.ts";

const stepColumns = "run, step, part, fingerprint, outputs, peak_bytes AS peakBytes";
const pointColumns = `run, point, number, point_values AS "values", status, metrics, duration_ms AS durationMs, reason,
  exact, shared`;

/** What went into steps and came out, and the points of sweeps, in SQLite. */
export function sqlitePoints(
  statements: Statements,
): Pick<Journal, "putStep" | "steps" | "lastStep" | "lastSteps" | "putPoint" | "points"> {
  return {
    putStep: (step) => putStep(statements, step),
    steps: (run) => statements.all(`SELECT ${stepColumns} FROM steps WHERE run = ? ORDER BY rowid`, run).map(toStep),
    lastStep: ({ name, step, part, at }) => {
      const sql = `SELECT ${stepColumns} FROM steps WHERE name = ? AND step = ? AND part = ? AND at <= ?
        ORDER BY at DESC, rowid DESC LIMIT 1`;
      const row = statements.get(sql, name, step, part, at);
      return row && toStep(row);
    },
    lastSteps: ({ name, step, at }) => {
      const newest = `SELECT (SELECT rowid FROM steps s WHERE s.name = ?1 AND s.step = ?2 AND s.part = p.part
        AND s.at <= ?3 ORDER BY s.at DESC, s.rowid DESC LIMIT 1)
        FROM (SELECT DISTINCT part FROM steps WHERE name = ?1 AND step = ?2) p`;
      return statements.all(`SELECT ${stepColumns} FROM steps WHERE rowid IN (${newest}) ORDER BY part`, name, step, at)
        .map(toStep);
    },
    putPoint: (point) => putPoint(statements, point),
    points: (run) => {
      return statements.all(`SELECT ${pointColumns} FROM points WHERE run = ? ORDER BY number`, run).map(toPoint);
    },
  };
}

/** Name and time of the run stand there again: the newest record of a step is one look into one index. */
function putStep(statements: Statements, { run, step, part, fingerprint, outputs, peakBytes }: StepRecord): void {
  const sql = `INSERT INTO steps (run, step, part, fingerprint, outputs, peak_bytes, name, at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, (SELECT name FROM runs WHERE id = ?1), (SELECT created_at FROM runs WHERE id = ?1))
    ON CONFLICT DO UPDATE SET fingerprint = excluded.fingerprint, outputs = excluded.outputs,
      peak_bytes = excluded.peak_bytes`;
  statements.run(sql, run, step, part, fingerprint, outputs, peakBytes);
}

function putPoint(statements: Statements, record: PointRecord): void {
  const sql = `INSERT INTO points
    (run, point, number, point_values, status, metrics, duration_ms, reason, exact, shared)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET number = excluded.number, point_values = excluded.point_values,
      status = excluded.status, metrics = excluded.metrics, duration_ms = excluded.duration_ms,
      reason = excluded.reason, exact = excluded.exact, shared = excluded.shared`;
  const { run, point, number, values, status, metrics, durationMs, reason, exact, shared } = record;
  const texts = [JSON.stringify(values), status, JSON.stringify(metrics)];
  const more = [exact, shared].map((it) => it && JSON.stringify(it));
  statements.run(sql, run, point, number, ...texts, durationMs, reason, ...more);
}

function toStep(row: Row): StepRecord {
  return defined({ ...row }) as unknown as StepRecord;
}

function toPoint(row: Row): PointRecord {
  const [values, metrics, exact, shared] = [row.values, row.metrics, row.exact, row.shared].map((text) =>
    text === null ? undefined : JSON.parse(String(text))
  );
  return defined({ ...row, values, metrics, exact, shared }) as unknown as PointRecord;
}
