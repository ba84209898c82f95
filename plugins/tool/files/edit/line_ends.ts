/**
 * Texts with `\n` only, and the way back to where their places are in the original.
 *
 * @module
 */

/** A text in which each `\r\n` is `\n`. */
export interface Unified {
  readonly text: string;
  /** Place in the original of a place in `text`. */
  toOriginal(at: number): number;
}

/** Makes line ends `\n`. A lone `\r` is a character like any other. */
export function unifyLineEnds(original: string): Unified {
  if (!original.includes("\r\n")) return { text: original, toOriginal: (at) => at };
  const removed: number[] = [];
  const text = original.replace(/\r\n/g, (_, at: number) => {
    removed.push(at - removed.length);
    return "\n";
  });
  return { text, toOriginal: (at) => at + countBelow(removed, at) };
}

/** How many of the sorted numbers are less than `limit`. */
function countBelow(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How lines end around a place of the original: as the line there, else the line before, else most lines do. */
export function lineEndAt(original: string, at: number): "\n" | "\r\n" {
  const next = original.indexOf("\n", at);
  const end = next >= 0 ? next : original.lastIndexOf("\n");
  return end > 0 && original[end - 1] === "\r" ? "\r\n" : "\n";
}

/** A line of a text, by place. */
export interface Line {
  readonly text: string;
  readonly start: number;
  /** Where its text ends; the line end follows. */
  readonly end: number;
}

/** Lines by `\n` alone: form feeds and Unicode's separators do not end one. No empty line after a last line end. */
export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length;) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    lines.push({ text: text.slice(start, end), start, end });
    start = end + 1;
  }
  return lines;
}
