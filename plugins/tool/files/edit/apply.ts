/**
 * Edits of one text, one after another.
 *
 * @module
 */

import { find } from "./find.ts";
import { lineEndAt, linesOf, unifyLineEnds } from "./line_ends.ts";
import type { Level, LineMatch, NoMatch } from "./match.ts";
import { merge } from "./merge.ts";

/** One wish: this text in the place of that. */
export interface Edit {
  readonly old_str: string;
  readonly new_str: string;
}

/** How one edit went. */
export interface Applied {
  readonly level: Level;
  /** Of the first line, from 1. */
  readonly line: number;
  readonly score: number;
  /** Lines that were taken for others, where they were only alike. */
  readonly instead: readonly { readonly expected: string; readonly found: string }[];
}

/** An edit that has no place. */
export interface Refused {
  /** Which one, from 0. */
  readonly edit: number;
  readonly why: NoMatch["why"] | "unchanged" | "interleaved";
  readonly count?: number;
  /** Line numbers from 1, both included. */
  readonly near?: { readonly from: number; readonly to: number; readonly score: number };
  /** The text as it was then. */
  readonly text: string;
}

/** All edits done, or the first that could not be. */
export type EditOutcome =
  | { readonly ok: true; readonly text: string; readonly applied: readonly Applied[] }
  | { readonly ok: false; readonly refused: Refused };

/** Applies edits in order, each to what the one before made. */
export function applyEdits(original: string, edits: readonly Edit[]): EditOutcome {
  const applied: Applied[] = [];
  let text = original;
  for (const [index, edit] of edits.entries()) {
    const result = applyOne(text, edit);
    if ("why" in result) return { ok: false, refused: { edit: index, text, ...result } };
    text = result.text;
    applied.push(result.applied);
  }
  return { ok: true, text, applied };
}

type One = { readonly text: string; readonly applied: Applied } | Omit<Refused, "edit" | "text">;

function applyOne(original: string, { old_str, new_str }: Edit): One {
  const unified = unifyLineEnds(original);
  const [wanted, replacement] = [old_str, new_str].map((text) => text.replaceAll("\r\n", "\n"));
  if (wanted === replacement && wanted !== "") return { why: "unchanged" };
  const found = find(unified.text, wanted);
  if (found.level === "none") return refusal(found);
  if (found.level === "exact") {
    const line = unified.text.slice(0, found.start).split("\n").length;
    const text = splice(original, unified, { ...found, replacement });
    return { text, applied: { level: "exact", line, score: 1, instead: [] } };
  }
  const lines = merge(found, wanted, replacement);
  if (lines === undefined) return { why: "interleaved" };
  const text = splice(original, unified, { ...rangeOf(found, unified.text, { wanted, replacement, lines }) });
  return {
    text,
    applied: { level: found.level, line: found.first + 1, score: found.score, instead: instead(found, wanted) },
  };
}

function refusal({ why, count, near }: NoMatch): Omit<Refused, "edit" | "text"> {
  return { why, count, near: near && { from: near.first + 1, to: near.first + near.lines, score: near.score } };
}

interface Replacing {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

function splice(
  original: string,
  unified: { toOriginal(at: number): number },
  { start, end, replacement }: Replacing,
): string {
  const [from, to] = [unified.toOriginal(start), unified.toOriginal(end)];
  const lineEnd = lineEndAt(original, from);
  return original.slice(0, from) + (lineEnd === "\n" ? replacement : replacement.replaceAll("\n", lineEnd)) +
    original.slice(to);
}

/** The lines with the line end after them, if both sides of the edit end in one; what one side lacks, is taken or put there. */
function rangeOf(
  { lines: found }: LineMatch,
  text: string,
  { wanted, replacement, lines }: { wanted: string; replacement: string; lines: readonly string[] },
): Replacing {
  const [start, end] = [found[0].start, found[found.length - 1].end];
  const hasEnd = text[end] === "\n";
  const takesEnd = wanted.endsWith("\n") && hasEnd;
  const body = lines.join("\n");
  const givesEnd = replacement.endsWith("\n") && (hasEnd || !wanted.endsWith("\n"));
  return { start, end: takesEnd ? end + 1 : end, replacement: givesEnd ? `${body}\n` : body };
}

function instead({ level, lines, found }: LineMatch, wanted: string): Applied["instead"] {
  if (level !== "fuzzy") return [];
  return linesOf(wanted).flatMap(({ text }, i) => {
    const other = lines[found[i]]?.text;
    return other === undefined || other === text ? [] : [{ expected: text, found: other }];
  });
}
