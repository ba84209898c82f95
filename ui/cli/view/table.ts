import { cells, pad } from "./text_width.ts";

/** Rows of cells as lines, columns aligned to the left and two blanks apart. Colours take no room. */
export function tableLines(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, at) => widths[at] = Math.max(widths[at] ?? 0, cells(cell)));
  }
  return rows.map((row) => row.map((cell, at) => at === row.length - 1 ? cell : pad(cell, widths[at])).join("  "))
    .map((line) => line.trimEnd());
}
