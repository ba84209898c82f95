/**
 * Rows of a table as programs write them, one at a time; nothing that is wrong with one stops the others.
 *
 * @module
 */

/** What parts the cells: whichever the first row has most of. */
export function separatorOf(first: string, name: string): string {
  if (/\.tsv$/i.test(name)) return "\t";
  const bare = first.replaceAll(/"[^"]*"/g, "");
  const counted = [",", ";", "\t", "|"].map((mark) => [bare.split(mark).length, mark] as const);
  return counted.reduce((best, one) => one[0] > best[0] ? one : best)[1];
}

const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
const COUNT = /^\s*\d+\s*$/;

/** Whether a first row is data and names no columns: all of it is numbers, or one that nobody would call a column. */
export function isData(cells: readonly string[]): boolean {
  const full = cells.filter((cell) => cell.trim() !== "");
  const numbers = full.filter((cell) => NUMBER.test(cell));
  return numbers.length > 0 && (numbers.length === full.length || numbers.some((cell) => !COUNT.test(cell)));
}

/** The cells of one row, quotes taken away. */
export function cellsOf(row: string, separator: string): readonly string[] {
  if (!row.includes('"')) return row.split(separator);
  const cells: string[] = [];
  for (let at = 0; at <= row.length;) {
    const isQuoted = row[at] === '"';
    const end = isQuoted ? quotedEnd(row, at, separator) : endAt(row.indexOf(separator, at), row);
    const cell = row.slice(at, end);
    cells.push(isQuoted ? unquoted(cell) : cell);
    at = end + separator.length;
  }
  return cells;
}

/** Where the cell ends that begins with a quote: at a separator behind the closing one. */
function quotedEnd(row: string, from: number, separator: string): number {
  let at = from + 1;
  for (;;) {
    const quote = row.indexOf('"', at);
    if (quote < 0) return row.length;
    if (row[quote + 1] !== '"') return endAt(row.indexOf(separator, quote + 1), row);
    at = quote + 2;
  }
}

function endAt(found: number, row: string): number {
  return found < 0 ? row.length : found;
}

function unquoted(cell: string): string {
  const close = cell.lastIndexOf('"');
  const isClosed = close > 0;
  return cell.slice(1, isClosed ? close : undefined).replaceAll('""', '"') + (isClosed ? cell.slice(close + 1) : "");
}
