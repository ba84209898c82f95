import { LoomError, nearest } from "../../errors.ts";
import type { Column, ResultTable } from "./column.ts";

/**
 * The column that is asked for by its name or another one of its names.
 *
 * @throws {LoomError} `unknown-column`, with the nearest there is.
 */
export function findColumn({ columns }: ResultTable, name: string, option: string): Column {
  const found = columns.find((column) => column.name === name) ??
    columns.find(({ aliases }) => aliases.includes(name));
  if (found !== undefined) return found;
  const names = columns.map((column) => column.name);
  const near = nearest(name, names);
  throw new LoomError("unknown-column", `Option ${option} names no column: ${name}`, {
    hint: near === undefined ? `there are ${names.join(", ") || "none"}` : `did you mean '${near}'?`,
    data: { name, columns: names },
  });
}
