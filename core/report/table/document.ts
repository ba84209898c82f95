import type { Selected } from "./select.ts";
import type { Result } from "./result.ts";

/** A JSON object. */
export type Document = Readonly<Record<string, unknown>>;

/** A table for programs. */
export function tableDocument({ rows, columns, total }: Selected, run?: string): Document {
  const names = (kind: string) => new Set(columns.filter((column) => column.kind === kind).flatMap(bareNames));
  const [parameters, metrics] = [names("parameter"), names("metric")];
  const only = (values: Document, kept: ReadonlySet<string>) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => kept.has(name)));
  const documents = rows.map((row) => ({
    ...resultDocument(row),
    parameters: only(row.parameters, parameters),
    metrics: only(row.metrics, metrics),
  }));
  return { run, total, rows: documents };
}

function bareNames(
  { name, aliases }: { readonly name: string; readonly aliases: readonly string[] },
): readonly string[] {
  return aliases.length > 0 ? [name] : [name.replace(/^(parameters|metrics)\./, "")];
}

/** A row for programs. */
export function resultDocument(result: Result): Document {
  const { id, name, number, point, status, createdAt, durationMs, parameters, metrics, reason, points, git } = result;
  return {
    id,
    name,
    number,
    point,
    status,
    created_at: createdAt === undefined ? undefined : new Date(createdAt).toISOString(),
    duration_ms: durationMs,
    points,
    commit: git?.commit,
    dirty: git?.dirty,
    parameters,
    metrics,
    reason,
  };
}
