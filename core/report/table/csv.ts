import type { Cell, Column, ResultTable } from "./column.ts";
import { numberOf } from "./number.ts";

/** What a spreadsheet takes for a formula when a text begins with it. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * A table as comma-separated values (RFC 4180: CRLF, quotes doubled), numbers with all their digits. A text that a
 * spreadsheet would compute is given a `'` in front; numbers, negative ones too, stay as they are.
 */
export function csvText({ columns, rows }: ResultTable): string {
  const lines = [
    columns.map(heading),
    ...rows.map((row) => columns.map((column) => csvCell(column, column.cell(row)))),
  ];
  return lines.map((cells) => `${cells.join(",")}\r\n`).join("");
}

function heading({ name, kind }: Column): string {
  return field(kind === "duration" ? `${name}_ms` : name);
}

function csvCell({ kind }: Column, cell: Cell): string {
  if (cell === undefined || cell === null) return "";
  if (kind === "time") return new Date(Number(cell)).toISOString();
  return typeof cell === "string" && (kind === "label" || numberOf(cell) === undefined) ? field(cell) : String(cell);
}

function field(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
