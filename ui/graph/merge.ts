/**
 * Changes that two people made to one text, put together line by line.
 *
 * @module
 */

import { diffIndices } from "node-diff3";

/** Lines of the base, from `start` to before `end`, that one of them wrote anew. */
interface Hunk {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/**
 * Three texts put together; `undefined` if both changed the same line, or wrote lines where the other changed
 * something. Changes of lines beside each other are no conflict.
 */
export function mergeLines(mine: string, base: string, theirs: string): string | undefined {
  const lines = base.split("\n");
  const [own, other] = [hunksOf(lines, mine.split("\n")), hunksOf(lines, theirs.split("\n"))];
  const more = other.filter((hunk) => !own.some((known) => isSame(known, hunk)));
  if (more.some((hunk) => own.some((known) => isMet(known, hunk)))) return undefined;
  const merged: string[] = [];
  let at = 0;
  for (const { start, end, lines: written } of [...own, ...more].sort((a, b) => a.start - b.start || a.end - b.end)) {
    merged.push(...lines.slice(at, start), ...written);
    at = end;
  }
  return [...merged, ...lines.slice(at)].join("\n");
}

/** What is different, in pieces as small as can be: where the number of lines is the same, each line is one. */
function hunksOf(base: readonly string[], changed: readonly string[]): readonly Hunk[] {
  return diffIndices([...base], [...changed]).flatMap(({ buffer1: [start, count], buffer2Content: lines }) =>
    lines.length === count
      ? lines.map((line, index) => ({ start: start + index, end: start + index + 1, lines: [line] }))
      : [{ start, end: start + count, lines }]
  );
}

function isSame(a: Hunk, b: Hunk): boolean {
  return a.start === b.start && a.end === b.end && a.lines.join("\n") === b.lines.join("\n") &&
    a.lines.length === b.lines.length;
}

/** Whether they share a line; one that only adds lines shares those on both sides of it. */
function isMet(a: Hunk, b: Hunk): boolean {
  const isAdding = a.start === a.end || b.start === b.end;
  return isAdding ? a.start <= b.end && b.start <= a.end : a.start < b.end && b.start < a.end;
}
