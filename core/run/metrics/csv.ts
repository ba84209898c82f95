/**
 * Tables as programs write them.
 *
 * @module
 */

import { LoomError } from "../../errors.ts";

/** One row and the line it begins in, from 1. */
export interface CsvRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/** What parts the cells: the first of these that the first line has. */
function separatorOf(text: string): string {
  const [first] = text.split(/[\r\n]/, 1);
  return [",", ";", "\t"].find((separator) => first.includes(separator)) ?? ",";
}

/**
 * The rows of a table, empty ones left out; cells may be quoted. Parted by `,`, `;` or tabs, whichever is in the first
 * line.
 *
 * @throws {LoomError} `csv-invalid`, with line and column from 1.
 */
export function parseCsv(given: string): readonly CsvRow[] {
  const text = given.replace(/^\uFEFF/, "");
  const separator = separatorOf(text);
  const plain = new RegExp(`[^${separator === "\t" ? "\\t" : separator}\\n\\r]*`, "y");
  const rows: CsvRow[] = [];
  let [cells, line, start, lineStart]: [string[], number, number, number] = [[], 1, 1, 0];
  const endRow = () => {
    if (cells.length > 1 || cells[0] !== "") rows.push({ cells, line: start });
    cells = [];
  };
  for (let at = 0; at <= text.length;) {
    if (cells.length === 0) start = line;
    const isQuoted = text[at] === '"';
    const pattern = isQuoted ? QUOTED : plain;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) throw broken("a quote is not closed", line, at - lineStart + 1);
    const end = at + match[0].length;
    cells.push(isQuoted ? match[1].replaceAll('""', '"') : match[0].trim());
    if (isQuoted) [line, lineStart] = afterBreaks(match[0], { at, line, lineStart });
    const next = text[end];
    if (next === separator) {
      at = end + 1;
      continue;
    }
    if (next !== undefined && next !== "\n" && next !== "\r") {
      throw broken("something stands behind a closing quote", line, end - lineStart + 1);
    }
    endRow();
    at = end + (text.startsWith("\r\n", end) ? 2 : 1);
    [line, lineStart] = [line + 1, at];
  }
  return rows;
}

const QUOTED = /"((?:[^"]|"")*)"[ ]*/y;

function afterBreaks(
  text: string,
  { at, line, lineStart }: { readonly at: number; readonly line: number; readonly lineStart: number },
): readonly [line: number, lineStart: number] {
  const count = text.split("\n").length - 1;
  return count === 0 ? [line, lineStart] : [line + count, at + text.lastIndexOf("\n") + 1];
}

function broken(why: string, line: number, column: number): LoomError {
  return new LoomError("csv-invalid", `${why} in line ${line}, column ${column}`, { data: { line, column } });
}
