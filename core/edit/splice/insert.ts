/**
 * Pairs and items that were not there before.
 *
 * @module
 */

import type { Value } from "../../yaml/value.ts";
import type { Doc } from "../source/doc.ts";
import { columnOf, lineEnd, lineStart, nextLine, skipBlank } from "../source/lines.ts";
import type { SourceNode, Splice } from "../source/node.ts";
import { scalarToText } from "../text/scalar_text.ts";
import { entryLines, flowText, itemLines } from "../text/value_text.ts";
import { behindComments, endsWithBreak, extentOf, isApart, keepsBlankLines } from "./extent.ts";
import { isInBrackets } from "./find.ts";
import { isFirstOnLine } from "./slot.ts";

/** A pair for the end of a map. */
export function addEntry(doc: Doc, map: SourceNode, pair: { key: string; value: Value; source?: string }): Splice[] {
  if (isInBrackets(map)) return addToBrackets(doc, map, flowPair(doc, pair));
  const { text, style } = doc;
  const entries = map.entries!;
  const [last, before] = [entries.at(-1)!, entries.at(-2)];
  const column = columnOf(text, last.start);
  const isSection = map === doc.root;
  const key = scalarToText(pair.key, { isFlow: false });
  const place = { indent: column, style, small: isSection ? undefined : smallLike(map), isSection };
  const lines = pair.source === undefined ? entryLines(key, pair.value, place) : [`${key}: ${pair.source}`];
  const [first, ...rest] = lines;
  const isSpaced = isSection && before !== undefined && isApart(text, before.value.end, last.start) &&
    !keepsBlankLines(text, last.value);
  const at = behindEntry(text, last.value.end, column);
  return [linesAt(doc, at, [...(isSpaced ? [""] : []), " ".repeat(column) + first, ...rest])];
}

function flowPair({ style }: Doc, { key, value, source }: { key: string; value: Value; source?: string }): string {
  return `${scalarToText(key, { isFlow: true })}: ${source ?? flowText(value, style)}`;
}

/** Small maps beside each other look alike. */
function smallLike(map: SourceNode): "flow" | "block" | undefined {
  const sibling = map.entries!.findLast(({ value }) => value.kind === "map" && value.entries!.length > 0)?.value;
  return sibling === undefined ? undefined : sibling.style === "block" ? "block" : "flow";
}

/** Behind a pair and the comments that stand in line with it; at the margin they belong to what comes next. */
function behindEntry(text: string, end: number, column: number): number {
  return behindComments(text, nextLine(text, end), (indent) => indent >= Math.max(1, column));
}

/** Lines at the start of a line, or behind a last line that has no line break. */
function linesAt({ text, style }: Doc, at: number, lines: readonly string[]): Splice {
  const isOpenEnd = at === text.length && !endsWithBreak(text);
  const joined = lines.map((line) => isOpenEnd ? style.lineBreak + line : line + style.lineBreak).join("");
  return { start: at, end: at, text: joined };
}

/** An item that becomes the one with this index. `raw` are lines to take as they are, instead of writing the value. */
export function addItem(
  doc: Doc,
  list: SourceNode,
  { index, value, raw }: { readonly index: number; readonly value: Value; readonly raw?: readonly string[] },
): Splice[] {
  const items = list.items!;
  if (list.style === "flow") return addToBrackets(doc, list, flowText(value, doc.style), index);
  const { text, style } = doc;
  const column = columnOf(text, items[0].start);
  const small = items.map((item) => smallLikeIn(item.value)).find((it) => it !== undefined);
  const lines = raw === undefined ? itemLines(value, { indent: column, style, small }) : indented(raw, column);
  const isSpaced = items.length > 1 && isApart(text, items[0].value.end, items[1].start);
  const blank = isSpaced ? [""] : [];
  if (index === 0) {
    if (!isFirstOnLine(text, items[0].start)) return [beforeFirst(doc, items[0].start, lines)];
    const { from } = extentOf(text, { ...items[0], end: items[0].value.end, column });
    return [linesAt(doc, from, [...lines, ...blank])];
  }
  const { end } = items[index - 1].value;
  const at = extentOf(text, { start: items[index - 1].start, end, column }).to;
  return [linesAt(doc, at, keepsBlankLines(text, items[index - 1].value) ? lines : [...blank, ...lines])];
}

/** The first dash of an inner list stands behind another dash. */
function beforeFirst({ text, style }: Doc, at: number, lines: readonly string[]): Splice {
  const pad = " ".repeat(columnOf(text, at));
  return { start: at, end: at, text: `${lines.join(style.lineBreak).trimStart()}${style.lineBreak}${pad}` };
}

function smallLikeIn({ kind, style, entries }: SourceNode): "flow" | "block" | undefined {
  if (kind !== "map" || style !== "block") return undefined;
  const inner = entries!.find(({ value }) => value.kind === "map" && value.entries!.length > 0)?.value;
  return inner === undefined ? undefined : inner.style === "block" ? "block" : "flow";
}

/** Lines moved so that the first dash is at this column. */
function indented(raw: readonly string[], column: number): string[] {
  const dash = raw.find((line) => line.trimStart().startsWith("-"))!.search(/\S/);
  return raw.map((line) => {
    if (line.trim() === "") return line;
    return column >= dash ? " ".repeat(column - dash) + line : line.replace(new RegExp(`^ {0,${dash - column}}`), "");
  });
}

/** Something between brackets, at the end or before the part with this index. */
function addToBrackets(doc: Doc, owner: SourceNode, written: string, index?: number): Splice[] {
  const { text, style } = doc;
  const parts = (owner.entries ?? owner.items!).map(({ start, value }) => ({ start, end: value.end }));
  if (owner.style === "pair") return wrapPair(owner, written, style.isPadded);
  if (parts.length === 0) return [intoEmpty(text, owner, written, style.isPadded)];
  if (index !== undefined && index < parts.length) {
    const { start } = parts[index];
    return [{ start, end: start, text: written + between(text, parts[index].start, parts[index + 1]?.start) }];
  }
  return behindLast(doc, owner, parts, written);
}

/** What separates two parts that follow each other: a line break where they stand below each other. */
function between(text: string, start: number, next: number | undefined): string {
  if (next === undefined || lineStart(text, start) === lineStart(text, next)) return ", ";
  return `,${text.slice(lineEnd(text, start), lineEnd(text, start) + 1)}${" ".repeat(columnOf(text, start))}`;
}

function wrapPair({ inner, end }: SourceNode, written: string, isPadded: boolean): Splice[] {
  const blank = isPadded ? " " : "";
  return [{ start: inner, end: inner, text: `{${blank}` }, { start: end, end, text: `, ${written}${blank}}` }];
}

function intoEmpty(text: string, { inner, end, kind }: SourceNode, written: string, isPadded: boolean): Splice {
  const blank = kind === "map" && isPadded ? " " : "";
  if (text.slice(inner + 1, end - 1).trim() !== "") return { start: end - 1, end: end - 1, text: `${written} ` };
  return { start: inner + 1, end: end - 1, text: blank + written + blank };
}

function behindLast(
  { text, style }: Doc,
  owner: SourceNode,
  parts: readonly { readonly start: number; readonly end: number }[],
  written: string,
): Splice[] {
  const { start, end } = parts.at(-1)!;
  const comma = skipBlank(text, end);
  const hasComma = text[comma] === ",";
  const isBelow = lineStart(text, start) > lineStart(text, parts.at(-2)?.start ?? owner.inner);
  const isClosedBelow = lineStart(text, owner.end) > lineStart(text, end);
  const mark: Splice[] = hasComma ? [] : [{ start: end, end, text: "," }];
  if (isBelow && isClosedBelow) {
    const at = lineEnd(text, hasComma ? comma : end);
    const line = style.lineBreak + " ".repeat(columnOf(text, start)) + written + (hasComma ? "," : "");
    return [...mark, { start: at, end: at, text: line }];
  }
  const at = hasComma ? comma + 1 : end;
  return [...mark, { start: at, end: at, text: ` ${written}${hasComma ? "," : ""}` }];
}
