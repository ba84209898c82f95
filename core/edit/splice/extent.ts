/**
 * The lines that belong to a pair or an item of a block: its comments above, its own, and what is around it.
 *
 * @module
 */

import { lineAt, lineBefore, lineEnd, lineStart, nextLine } from "../source/lines.ts";
import type { SourceNode } from "../source/node.ts";

/** Whole lines. */
export interface Extent {
  readonly from: number;
  /** Start of the line behind the last one, or the end of the text. */
  readonly to: number;
}

/** What is asked about. */
export interface Extended {
  readonly start: number;
  readonly end: number;
  readonly column: number;
  /** Whether the comment above it is about the whole file. */
  readonly isFirstOfFile?: boolean;
}

/** The lines of something whose start is the first on its line. */
export function extentOf(text: string, { start, end, column, isFirstOfFile }: Extended): Extent {
  let from = lineStart(text, start);
  for (let before = lineBefore(text, from); !isFirstOfFile && before !== undefined; before = lineBefore(text, from)) {
    if (!isCommentAt(lineAt(text, before), (indent) => indent === column)) break;
    from = before;
  }
  return { from, to: behindComments(text, nextLine(text, end), (indent) => indent > column) };
}

/** Behind comments that follow at once and are indented as asked. */
export function behindComments(text: string, from: number, fits: (indent: number) => boolean): number {
  let to = from;
  while (to < text.length && isCommentAt(lineAt(text, to), fits)) to = nextLine(text, to);
  return to;
}

function isCommentAt(line: string, fits: (indent: number) => boolean): boolean {
  const indent = line.search(/\S/);
  return line[indent] === "#" && fits(indent);
}

/**
 * The lines together with the blank ones that would be too many without them.
 *
 * @param before What stands before them in the same list or map.
 */
export function withBlankLines(text: string, { from, to }: Extent, before: SourceNode | undefined): Extent {
  const below = blankBelow(text, to);
  // Blank lines above are part of such a text, and those below would become so.
  if (before !== undefined && keepsBlankLines(text, before)) return { from, to: below };
  const above = blankAbove(text, from);
  const isFirst = before === undefined;
  if (below > to && (above < from || isFirst)) {
    return below === text.length ? { from: above, to: below } : { from, to: below };
  }
  return to === text.length ? { from: above, to } : { from, to };
}

function blankAbove(text: string, from: number): number {
  let at = from;
  for (let before = lineBefore(text, at); before !== undefined; before = lineBefore(text, at)) {
    if (lineAt(text, before).trim() !== "") break;
    at = before;
  }
  return at;
}

function blankBelow(text: string, to: number): number {
  let at = to;
  while (at < text.length && lineAt(text, at).trim() === "") at = nextLine(text, at);
  return at;
}

/** Whether a value ends with a block of text that all blank lines behind it belong to. */
export function keepsBlankLines(text: string, value: SourceNode): boolean {
  let last = value;
  for (;;) {
    const next = last.entries?.at(-1)?.value ?? last.items?.at(-1)?.value;
    if (next === undefined || last.style !== "block") break;
    last = next;
  }
  const isBlock = last.style === "literal" || last.style === "folded";
  return isBlock && /^[|>][0-9]?\+/.test(text.slice(last.inner, last.inner + 3));
}

/** Whether there is a blank line between two places. */
export function isApart(text: string, from: number, to: number): boolean {
  return /(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)/.test(text.slice(lineEnd(text, from), to));
}

/** The line break at the end of a text, if it ends with one. */
export function endsWithBreak(text: string): boolean {
  return text === "" || /[\r\n]$/.test(text);
}
