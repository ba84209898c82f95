import type { Column, ResultTable } from "./column.ts";
import { filterRows } from "./filter.ts";
import { findColumn } from "./find_column.ts";
import { sortRows } from "./sort.ts";

/** What of a table is shown, in which order. */
export interface Selecting {
  readonly sort?: string;
  readonly reverse?: boolean;
  readonly filter?: readonly string[];
  readonly columns?: readonly string[];
  /** Rows at most, once sorted; 0 is all. */
  readonly limit?: number;
}

/** A part of a table. */
export interface Selected extends ResultTable {
  /** How many rows there were before the limit; absent where no more than the newest were read. */
  readonly total?: number;
  /** What it is sorted by, which need not be among its columns. */
  readonly sortedBy?: Column;
}

/**
 * The rows that are asked for, in order, with the columns that are asked for.
 *
 * @throws {LoomError} `unknown-column`, `usage`.
 */
export function select(table: ResultTable, { sort, reverse, filter = [], columns, limit = 0 }: Selecting): Selected {
  const sortedBy = sort === undefined ? undefined : findColumn(table, sort, "--sort");
  const shown = columns?.flatMap((words) => words.split(",")).map((name) =>
    findColumn(table, name.trim(), "--columns")
  );
  let { rows } = table;
  for (const condition of filter) rows = filterRows({ ...table, rows }, condition);
  if (sortedBy !== undefined) rows = sortRows(rows, sortedBy, { reverse });
  else if (reverse) rows = [...rows].reverse();
  const kept = limit === 0 ? rows : rows.slice(0, limit);
  return { columns: shown ?? table.columns, rows: kept, total: rows.length, sortedBy };
}
