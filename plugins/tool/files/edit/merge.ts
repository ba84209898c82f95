/**
 * Lines that take the place of lines that were found.
 *
 * @module
 */

import { align } from "./align.ts";
import { indenter, type Pair } from "./indent.ts";
import { linesOf } from "./line_ends.ts";
import type { LineMatch } from "./match.ts";

/**
 * What becomes of the found lines: those that the edit leaves alone stay as the file has them, others are replaced by the
 * new ones, indented as the file is.
 *
 * @returns `undefined` if a line of the file that nobody spoke of lies within what is replaced.
 */
export function merge(match: LineMatch, wanted: string, replacement: string): readonly string[] | undefined {
  const [olds, news] = [wanted, replacement].map((text) => linesOf(text).map((line) => line.text));
  const founds = match.lines.map((line) => line.text);
  const pairs = olds.flatMap((line, i): Pair[] => match.found[i] < 0 ? [] : [[line, founds[match.found[i]]]]);
  const indent = indenter(pairs, news);
  const result: string[] = [];
  // Lines of the file up to here have been dealt with.
  let next = 0;
  for (const { same, a, b } of align(olds.map(trimmed), news.map(trimmed))) {
    const taken = match.found.slice(...a).filter((at) => at >= 0);
    if (same) {
      for (const at of taken) {
        result.push(...founds.slice(next, at + 1));
        next = at + 1;
      }
      continue;
    }
    if (taken.length > 0) {
      const [first, last] = [taken[0], taken[taken.length - 1]];
      if (last - first + 1 !== taken.length) return undefined;
      result.push(...founds.slice(next, first));
      next = last + 1;
    }
    result.push(...news.slice(...b).map(indent));
  }
  return [...result, ...founds.slice(next)];
}

/** Indentation counts: a line that only moves is a line that changes. */
function trimmed(line: string): string {
  return line.trimEnd();
}
