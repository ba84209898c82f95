import type { Scalar } from "../../ports/store.ts";
import type { Result } from "./result.ts";

/** What a cell holds; nothing where a row has no such value. */
export type Cell = Scalar | undefined;

/** A column of a table of results. */
export interface Column {
  /** Unique in its table. */
  readonly name: string;
  readonly kind: "label" | "count" | "time" | "duration" | "parameter" | "metric";
  /** Other names by which it can be asked for, such as `metrics.acc`. */
  readonly aliases: readonly string[];
  readonly cell: (result: Result) => Cell;
}

/** Results with the columns that they have. */
export interface ResultTable {
  readonly columns: readonly Column[];
  readonly rows: readonly Result[];
}

/** What the columns are called that have nothing to do with the pipeline. */
export const FIXED: Readonly<Record<string, Column>> = {
  id: fixed("id", "label", ({ id }) => id),
  point: fixed("point", "count", ({ number }) => number),
  when: fixed("when", "time", ({ createdAt }) => createdAt, "created_at"),
  pipeline: fixed("pipeline", "label", ({ name }) => name, "name"),
  status: fixed("status", "label", ({ status }) => status),
  points: fixed("points", "count", ({ points }) => points),
  duration: fixed("duration", "duration", ({ durationMs }) => durationMs, "duration_ms"),
  commit: fixed("commit", "label", ({ git }) => git && `${git.commit.slice(0, 12)}${git.dirty ? "+" : ""}`),
  reason: fixed("reason", "label", ({ reason }) => reason),
};

function fixed(name: string, kind: Column["kind"], cell: Column["cell"], ...aliases: string[]): Column {
  return { name, kind, aliases, cell };
}

/** The table of the points of a sweep. */
export function pointTable(rows: readonly Result[]): ResultTable {
  const { point, status, duration, reason } = FIXED;
  const last = rows.some((row) => row.reason !== undefined) ? [duration, reason] : [duration];
  return { columns: [point, status, ...valueColumns(rows), ...last], rows };
}

/** The table of runs. A column that could only say one thing, such as the name of the one pipeline, is left out. */
export function runTable(rows: readonly Result[]): ResultTable {
  const { id, when, pipeline, status, points, duration } = FIXED;
  const isMixed = rows.some(({ name }) => name !== rows[0].name);
  const hasSweeps = rows.some((row) => row.points !== undefined);
  const first = [id, when, ...(isMixed ? [pipeline] : []), status, ...(hasSweeps ? [points] : [])];
  return { columns: [...first, ...valueColumns(rows), duration], rows };
}

/** A column for each parameter and each metric that any row has, in the order in which they come. */
function valueColumns(rows: readonly Result[]): readonly Column[] {
  const [parameters, metrics] = [new Set<string>(), new Set<string>()];
  for (const row of rows) {
    for (const name in row.parameters) parameters.add(name);
    for (const name in row.metrics) metrics.add(name);
  }
  const taken = new Set(Object.keys(FIXED));
  const made: Column[] = [];
  const add = (name: string, kind: "parameter" | "metric", cell: Column["cell"]) => {
    const long = `${kind}s.${name}`;
    const isFree = !taken.has(name);
    taken.add(isFree ? name : long);
    made.push({ name: isFree ? name : long, kind, aliases: isFree ? [long] : [], cell });
  };
  for (const name of parameters) add(name, "parameter", (row) => own(row.parameters, name));
  for (const name of metrics) add(name, "metric", (row) => own(row.metrics, name));
  return made;
}

function own(values: Readonly<Record<string, Scalar>>, name: string): Cell {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
