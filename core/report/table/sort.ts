import { byCodePoint } from "../../python/compare.ts";
import type { Cell, Column } from "./column.ts";
import { numberOf } from "./number.ts";
import type { Result } from "./result.ts";

/** What rows are ordered by: numbers before texts; `NaN` and what is missing come last in both directions. */
interface Key {
  readonly rank: 0 | 1 | 2 | 3;
  readonly number: number;
  readonly text: string;
}

/** The rows by a column, from low to high unless `reverse`. Rows that are equal keep their order. */
export function sortRows(
  rows: readonly Result[],
  column: Column,
  { reverse = false }: { readonly reverse?: boolean } = {},
): readonly Result[] {
  const keyed = rows.map((row) => ({ row, key: keyOf(column.cell(row)) }));
  const sign = reverse ? -1 : 1;
  keyed.sort(({ key: a }, { key: b }) => {
    const isLast = a.rank > 1 || b.rank > 1;
    if (a.rank !== b.rank) return (a.rank - b.rank) * (isLast ? 1 : sign);
    if (a.rank === 0) return a.number === b.number ? 0 : (a.number < b.number ? -sign : sign);
    return a.rank === 1 ? byCodePoint(a.text, b.text) * sign : 0;
  });
  return keyed.map(({ row }) => row);
}

function keyOf(cell: Cell): Key {
  if (cell === undefined || cell === null) return { rank: 3, number: 0, text: "" };
  const number = typeof cell === "boolean" ? Number(cell) : numberOf(cell);
  if (number === undefined) return { rank: 1, number: 0, text: String(cell) };
  return { rank: Number.isNaN(number) ? 2 : 0, number, text: "" };
}
