/**
 * What is said of edits.
 *
 * @module
 */

import type { Applied, Refused } from "./edit/apply.ts";
import { unifiedDiff } from "./edit/diff.ts";
import { linesOf } from "./edit/line_ends.ts";
import { count } from "./result.ts";

const CONTEXT = 3;

/** Most lines of a snippet, and lines told of that were only alike. */
const [SNIPPET_LINES, INSTEAD_LINES] = [30, 10] as const;

/** Path, numbers of lines, how sure the places were, and what changed. */
export function successText(
  path: string,
  { before, after, applied }: { before: string; after: string; applied: readonly Applied[] },
): string {
  const [old, now] = [before, after].map((text) => linesOf(text).length);
  const fuzzy = applied.flatMap(({ level, score, instead }, i) =>
    level === "fuzzy" ? [fuzzyText(i, applied.length, score), ...instead.slice(0, INSTEAD_LINES).map(insteadText)] : []
  );
  const headline = `Edited ${path}: ${count(applied.length, "edit")}, ${old} -> ${now} lines`;
  return [headline, ...fuzzy, unifiedDiff(path, before, after)].filter((line) => line !== "").join("\n");
}

function fuzzyText(index: number, total: number, score: number): string {
  const which = total === 1 ? "" : ` for edit ${index + 1}`;
  return `fuzzy match used${which} (${Math.round(score * 100)} % alike); lines that were not as expected:`;
}

function insteadText({ expected, found }: { readonly expected: string; readonly found: string }): string {
  return `  expected: ${expected}\n  found:    ${found}`;
}

/** Why an edit has no place, and the lines that are most like it. */
export function refusalText(path: string, refused: Refused, total: number): string {
  const which = total === 1 ? "" : ` (edit ${refused.edit + 1} of ${total}; nothing was changed)`;
  return [`Cannot edit ${path}: ${reasonText(refused)}${which}`, ...snippet(refused)].join("\n");
}

function reasonText({ why, count: times }: Refused): string {
  switch (why) {
    case "empty":
      return "old_str is empty";
    case "unchanged":
      return "old_str and new_str are the same";
    case "several":
      return `old_str is there ${times} times; give more lines around the one that is meant`;
    case "ambiguous":
      return "several places are much like old_str; give more lines around the one that is meant";
    case "interleaved":
      return "the file has another line within the lines to replace; read it again";
    case "not-found":
      return "old_str is not there; read it again";
  }
}

function snippet({ near, text }: Refused): readonly string[] {
  if (near === undefined || near.score === 0) return [];
  const lines = linesOf(text);
  const from = Math.max(1, near.from - CONTEXT);
  const to = Math.min(lines.length, near.to + CONTEXT, from + SNIPPET_LINES - 1);
  const shown = lines.slice(from - 1, to).map((line, i) => `${String(from + i).padStart(5)} | ${line.text}`);
  return [`most like it, lines ${near.from} to ${near.to}:`, ...shown];
}
