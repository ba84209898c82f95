/**
 * Pairs and items that go, with the comments that belong to them.
 *
 * @module
 */

import type { Doc } from "../source/doc.ts";
import { columnOf, lineEnd, lineStart, nextLine, skipBlank } from "../source/lines.ts";
import type { SourceNode, Splice } from "../source/node.ts";
import { endsWithBreak, type Extent, extentOf, withBlankLines } from "./extent.ts";
import { isInBrackets } from "./find.ts";
import { isFirstOnLine } from "./slot.ts";

/** The list or map that something is removed from, and the place before its own value. */
export interface Removal {
  readonly owner: SourceNode;
  readonly index: number;
  /** Behind the colon or dash that the owner stands behind; absent for the root. */
  readonly ownerAfter?: number;
}

/** Takes a pair or an item out; an owner that has no other becomes `{}` or `[]`. */
export function takeOut(doc: Doc, removal: Removal): Splice[] {
  const { owner, index } = removal;
  const parts = partsOf(owner);
  if (isInBrackets(owner)) return parts.length === 1 ? [emptied(owner)] : takeFromBrackets(doc, parts, index);
  if (parts.length === 1) return takeOnly(doc, removal, parts[0]);
  if (!isFirstOnLine(doc.text, parts[index].start)) return [takeFirst(doc, parts)];
  const extent = blockExtent(doc, owner, index);
  const before = (owner.entries ?? owner.items!)[index - 1]?.value;
  return [removedLines(doc, withBlankLines(doc.text, extent, before))];
}

interface Part {
  readonly start: number;
  readonly end: number;
}

function partsOf(owner: SourceNode): readonly Part[] {
  return (owner.entries ?? owner.items!).map(({ start, value, ...rest }) => {
    const key = "key" in rest ? (rest.key as SourceNode).end : start;
    return { start, end: Math.max(key, value.end) };
  });
}

/** The lines of a part of a block, with its comments. */
export function blockExtent(doc: Doc, owner: SourceNode, index: number): Extent {
  const { start, end } = partsOf(owner)[index];
  const isFirstOfFile = owner === doc.root && index === 0;
  return extentOf(doc.text, { start, end, column: columnOf(doc.text, start), isFirstOfFile });
}

/** Whole lines; a missing line break at the end of the file stays missing. */
function removedLines({ text }: Doc, { from, to }: Extent): Splice {
  if (to < text.length || endsWithBreak(text) || from === 0) return { start: from, end: to, text: "" };
  return { start: from - (text.slice(from - 2, from) === "\r\n" ? 2 : 1), end: to, text: "" };
}

/** The first of several, behind the dash of an item: the next one takes its place. */
function takeFirst({ text }: Doc, [first, second]: readonly Part[]): Splice {
  const isNear = text.slice(lineEnd(text, first.end), second.start).trim() === "";
  if (isNear) return { start: first.start, end: second.start, text: "" };
  // Comments between them stay, so the dash stands alone.
  const start = first.start - (/ +$/.exec(text.slice(lineStart(text, first.start), first.start))?.[0].length ?? 0);
  return { start, end: lineEnd(text, first.end), text: "" };
}

function takeOnly(doc: Doc, { owner, ownerAfter }: Removal, part: Part): Splice[] {
  const { text } = doc;
  const brackets = owner.kind === "map" ? "{}" : "[]";
  if (ownerAfter === undefined) return rootEmptied(doc, part);
  if (!isFirstOnLine(text, part.start)) {
    return [{ start: part.start, end: part.end, text: brackets }];
  }
  const column = columnOf(text, part.start);
  const at = owner.propsEnd ?? ownerAfter;
  return [{ start: at, end: at, text: ` ${brackets}` }, removedLines(doc, extentOf(text, { ...part, column }))];
}

/** A file whose last section goes says nothing; its comments stay. */
function rootEmptied(doc: Doc, part: Part): Splice[] {
  return [removedLines(doc, extentOf(doc.text, { ...part, column: 0, isFirstOfFile: true }))];
}

function emptied({ style, kind, inner, end }: SourceNode): Splice {
  return { start: inner, end, text: style === "pair" || kind === "map" ? "{}" : "[]" };
}

function takeFromBrackets({ text }: Doc, parts: readonly Part[], index: number): Splice[] {
  const part = parts[index];
  const isLast = index === parts.length - 1;
  if (isAlone(text, part)) {
    const lines = extentOf(text, { ...part, column: columnOf(text, part.start) });
    const removed = { start: lines.from, end: nextLine(text, part.end), text: "" };
    const comma = isLast ? skipBlank(text, parts[index - 1].end) : -1;
    const hasTrailing = isLast && text[skipBlank(text, part.end)] === ",";
    return comma < 0 || hasTrailing ? [removed] : [{ start: comma, end: comma + 1, text: "" }, removed];
  }
  if (!isLast) return [{ start: part.start, end: parts[index + 1].start, text: "" }];
  return [{ start: parts[index - 1].end, end: part.end, text: "" }];
}

/** Whether something between brackets has its lines to itself. */
function isAlone(text: string, { start, end }: Part): boolean {
  return isFirstOnLine(text, start) && /^\s*,?\s*(?:#.*)?$/.test(text.slice(end, lineEnd(text, end)));
}
