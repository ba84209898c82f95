import type { SQLOutputValue } from "node:sqlite";
import type { Journal, ResultRecord } from "../../../core/ports/store.ts";
import { defined, type Statements } from "./statements.ts";

const columns = "id, name, status, created_at, duration_ms, details, metrics";

/** Runs of pipelines as tables show them. */
export function results(
  statements: Statements,
  { id, limit }: NonNullable<Parameters<Journal["results"]>[0]>,
): readonly ResultRecord[] {
  // Ids are hexadecimal digits: a `g` stands behind all that begin like this one.
  const among = id === undefined ? "" : "AND id >= ?1 AND id < ?1 || 'g'";
  const sql = `SELECT ${columns} FROM runs WHERE kind = 'pipeline' ${among}`;
  const inputs = id === undefined ? [] : [id];
  // In the order of an index SQLite looks for each row; where all are wanted that takes four times as long.
  const rows = limit === undefined
    ? statements.lists(sql, inputs).toSorted(newestFirst)
    : statements.lists(`${sql} ORDER BY created_at DESC, id DESC LIMIT ?${inputs.length + 1}`, [...inputs, limit]);
  const [details, metrics] = [parsed(rows, 5), parsed(rows, 6)];
  return rows.map(([id, name, status, createdAt, durationMs], at) =>
    defined({ id, name, status, createdAt, durationMs, details: details[at], metrics: metrics[at] })
  ) as unknown as readonly ResultRecord[];
}

function newestFirst(a: readonly SQLOutputValue[], b: readonly SQLOutputValue[]): number {
  return Number(b[3]) - Number(a[3]) || (String(a[0]) < String(b[0]) ? 1 : -1);
}

/** Ten thousand short texts are read as one. */
function parsed(rows: readonly SQLOutputValue[][], column: number): readonly unknown[] {
  return JSON.parse(`[${rows.map((row) => row[column] ?? "null").join(",")}]`);
}
