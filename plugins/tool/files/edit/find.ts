import { plain } from "./agree.ts";
import { findFuzzy } from "./fuzzy.ts";
import { type Line, linesOf } from "./line_ends.ts";
import type { Found, LineMatch } from "./match.ts";

/**
 * Finds the one place of `wanted` in `text`: the very text, else whole lines that are the same but for blanks, else
 * lines that are alike. More than one place on a level is no place, and the next level is not asked.
 *
 * Both have `\n` as their line ends.
 */
export function find(text: string, wanted: string): Found {
  if (wanted === "") return { level: "none", why: "empty" };
  const start = text.indexOf(wanted);
  if (start >= 0) {
    const count = countOf(text, wanted);
    return count === 1
      ? { level: "exact", start, end: start + wanted.length }
      : { level: "none", why: "several", count };
  }
  if (wanted.trim() === "") return { level: "none", why: "not-found" };
  return findLines(linesOf(text), linesOf(wanted).map((line) => plain(line.text)));
}

/** Overlapping ones too: any of them could be meant. */
function countOf(text: string, wanted: string): number {
  let count = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) count++;
  return count;
}

function findLines(lines: readonly Line[], wanted: readonly string[]): Found {
  const places = sameButBlanks(lines, wanted);
  if (places.length > 1) return { level: "none", why: "several", count: places.length };
  return places[0] ?? findFuzzy(lines, wanted);
}

function sameButBlanks(lines: readonly Line[], wanted: readonly string[]): readonly LineMatch[] {
  const texts = lines.map((line) => plain(line.text));
  const places: LineMatch[] = [];
  for (let first = 0; first + wanted.length <= lines.length; first++) {
    if (!wanted.every((line, i) => line === texts[first + i])) continue;
    const found = wanted.map((_, i) => i);
    places.push({ level: "blanks", first, lines: lines.slice(first, first + wanted.length), found, score: 1 });
  }
  return places;
}
