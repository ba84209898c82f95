/**
 * What the comment at the head of a script says: of languages that have no docstrings.
 *
 * @module
 */

import { extension } from "../paths.ts";
import { type Block, findBlock } from "./front_matter_block.ts";

/** A comment without its marks. */
export interface HeadComment {
  readonly text: string;
  /** Lines of the source before it. */
  readonly line: number;
  /** Columns that were taken away from the lines of its block. */
  readonly column: number;
  readonly block?: Block;
}

const SLASHES = new Set([".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".jsx"]);
/** What editors and interpreters are told; nothing for people. */
const TOLD = /^(-\*-.*-\*-|(vim?|ex):|(shellcheck|deno-lint|eslint|@ts|prettier)\b|-?\*-?coding|coding[:=])/;

/** The comment lines at the head of a source, behind a `#!` line; `undefined` without any. */
export function headComment(source: string, path: string): HeadComment | undefined {
  const mark = SLASHES.has(extension(path).toLowerCase()) ? "//" : "#";
  const { lines, line } = headLines(source, mark);
  if (lines.length === 0) return undefined;
  // The line with the dashes tells how far the block stands from the marks.
  const fence = lines.find((text) => text.trim() === "---") ?? " ";
  const margin = fence.length - fence.trimStart().length;
  const blank = new RegExp(`^[ \\t]{0,${margin}}`);
  const text = lines.map((each) => each.replace(blank, "").trimEnd()).join("\n");
  return { text, line, column: mark.length + margin, block: findBlock(text) };
}

/** The first line of the comment that is for people. */
export function descriptionOf({ text, block }: HeadComment): string {
  const before = text.split("\n").slice(0, block?.fence);
  return before.map((line) => line.trim()).find((line) => line !== "" && !TOLD.test(line)) ?? "";
}

// Line by line, so that of a long script no more is looked at than its head.
function headLines(source: string, mark: string): { readonly lines: readonly string[]; readonly line: number } {
  const lines: string[] = [];
  let line = 0;
  for (let at = source.startsWith("\uFEFF") ? 1 : 0, number = 0; at < source.length; number++) {
    const end = source.indexOf("\n", at);
    const text = source.slice(at, end < 0 ? undefined : end).trimStart();
    at = end < 0 ? source.length : end + 1;
    if (number === 0 && text.startsWith("#!")) continue;
    if (text.startsWith(mark)) {
      if (lines.length === 0) line = number;
      lines.push(text.slice(mark.length));
    } else if (text.trim() !== "") break;
    else if (lines.length > 0) lines.push("");
  }
  return { lines, line };
}
