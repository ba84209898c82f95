import { cells } from "./text_width.ts";

/** Rows of cells as lines, columns aligned to the left and two blanks apart. Colours take no room. */
export function tableLines(rows: readonly (readonly string[])[]): readonly string[] {
  const taken = rows.map((row) => row.map(cells));
  const widths: number[] = [];
  for (const row of taken) row.forEach((width, at) => widths[at] = Math.max(widths[at] ?? 0, width));
  return rows.map((row, line) => {
    let text = "";
    row.forEach((cell, at) => {
      text += at === row.length - 1 ? cell : cell + " ".repeat(widths[at] - taken[line][at] + 2);
    });
    return text.trimEnd();
  });
}
