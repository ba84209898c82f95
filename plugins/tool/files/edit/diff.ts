/**
 * What changed between two texts, as a unified diff.
 *
 * @module
 */

import { align, type Stretch } from "./align.ts";
import { linesOf } from "./line_ends.ts";

const CONTEXT = 3;

/** Unified diff of the lines of two texts, at most `maxLines` long; what is left out is counted. */
export function unifiedDiff(path: string, before: string, after: string, maxLines: number = 40): string {
  const [a, b] = [before, after].map((text) => linesOf(text.replaceAll("\r\n", "\n")).map((line) => line.text));
  const lines = [`--- a/${path}`, `+++ b/${path}`];
  for (const hunk of hunksOf(align(a, b))) lines.push(...hunkLines(hunk, a, b));
  if (lines.length === 2) return "";
  if (lines.length <= maxLines) return lines.join("\n");
  return [...lines.slice(0, maxLines - 1), `… ${lines.length - maxLines + 1} more lines`].join("\n");
}

/** Changes that are near each other, with what stays between. */
function hunksOf(stretches: readonly Stretch[]): readonly (readonly Stretch[])[] {
  const hunks: Stretch[][] = [];
  for (const [i, stretch] of stretches.entries()) {
    const last = hunks.at(-1);
    if (!stretch.same) last === undefined || last.at(-1)?.same === false ? hunks.push([stretch]) : last.push(stretch);
    else if (last !== undefined && stretch.a[1] - stretch.a[0] <= CONTEXT * 2 && i < stretches.length - 1) {
      last.push(stretch);
    }
  }
  return hunks;
}

function hunkLines(hunk: readonly Stretch[], a: readonly string[], b: readonly string[]): readonly string[] {
  const [first, last] = [hunk[0], hunk[hunk.length - 1]];
  const start = Math.max(0, first.a[0] - CONTEXT);
  const end = Math.min(a.length, last.a[1] + CONTEXT);
  const [newStart, newEnd] = [first.b[0] - (first.a[0] - start), last.b[1] + (end - last.a[1])];
  const body = hunk.flatMap((stretch) =>
    stretch.same ? a.slice(...stretch.a).map((line) => ` ${line}`) : [
      ...a.slice(...stretch.a).map((line) => `-${line}`),
      ...b.slice(...stretch.b).map((line) => `+${line}`),
    ]
  );
  return [
    `@@ -${start + 1},${end - start} +${newStart + 1},${newEnd - newStart} @@`,
    ...a.slice(start, first.a[0]).map((line) => ` ${line}`),
    ...body,
    ...a.slice(last.a[1], end).map((line) => ` ${line}`),
  ];
}
