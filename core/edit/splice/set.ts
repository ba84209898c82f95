/**
 * One value in the place of another.
 *
 * @module
 */

import type { Value } from "../../yaml/value.ts";
import type { Doc } from "../source/doc.ts";
import { columnOf, lineAt, lineEnd, lineStart } from "../source/lines.ts";
import type { SourceNode, Splice } from "../source/node.ts";
import { blockText, isBlockSafe } from "../text/block_text.ts";
import { isPlainSafe, scalarToText } from "../text/scalar_text.ts";
import { blockLines, flowText, isBlock, isCollection } from "../text/value_text.ts";
import { isFirstOnLine, type Slot } from "./slot.ts";

/** Puts a value into a slot. `source` is a spelling on one line that is known to mean it. */
export function fill(doc: Doc, slot: Slot, { value, source }: { value: Value; source?: string }): Splice[] {
  const line = source ?? lineFor(doc, slot, value);
  if (line !== undefined) return fillLine(doc, slot, line, keepsTag(slot.node, value));
  if (typeof value === "string") return fillBlock(doc, slot, value);
  return fillCollection(doc, slot, value);
}

/** The value on one line, or `undefined` if it is to have lines of its own. */
function lineFor({ text, style }: Doc, slot: Slot, value: Value): string | undefined {
  const { node, isFlow, isSection } = slot;
  if (isCollection(value)) {
    const small = node.style === "block" ? "block" : undefined;
    const isLine = isFlow || staysOnLine(slot, value) || !isBlock(value, { style, small, isSection });
    return isLine ? flowText(value, style) : undefined;
  }
  const header = text.slice(node.inner, node.inner + 3);
  if (typeof value === "string" && !isFlow && wantsBlock(node, value, header)) return undefined;
  return scalarToText(value, { isFlow, style: node.style });
}

function staysOnLine({ node, isSection }: Slot, value: Value): boolean {
  if (node.style !== "flow") return false;
  const isEmpty = (node.entries ?? node.items ?? []).length === 0;
  return !(isSection && isEmpty) && isCollection(value);
}

/** A block of text stays one as long as it has several lines; other quotes are given up for one only at need. */
function wantsBlock({ style }: SourceNode, text: string, header: string): boolean {
  if (!text.includes("\n") || !isBlockSafe(text)) return false;
  // Blank lines that follow would become part of a block that keeps its own.
  if (text.endsWith("\n\n") && !header.includes("+")) return false;
  return style !== "double" && style !== "single";
}

function keepsTag({ tag }: SourceNode, value: Value): boolean {
  return tag === "!!str" && typeof value === "string";
}

/** Writes one line, and removes the other lines that the value before it had. */
function fillLine({ text }: Doc, { node, after }: Slot, line: string, keepTag: boolean): Splice[] {
  const props = propsText(text, node, keepTag);
  const start = node.style === "none" && props === "" ? Math.max(after, node.start) : node.start;
  const isBelow = lineStart(text, node.inner) > lineStart(text, after) && node.style === "block";
  if (isBelow) {
    const from = node.propsEnd ?? after;
    const rest = { start: lineEnd(text, from), end: lineEnd(text, node.end), text: "" };
    return [{ start: node.propsEnd === undefined ? after : node.start, end: from, text: ` ${props}${line}` }, rest];
  }
  if (node.style === "literal" || node.style === "folded") {
    const header = headerOf(text, node);
    const head = { start, end: header.end, text: props + line };
    return [head, { start: lineEnd(text, node.inner), end: node.end, text: "" }];
  }
  return [{ start, end: node.end, text: separator(text, start) + props + line + colonBefore(text, node, start) }];
}

/** A value behind its colon needs a blank before it. */
function separator(text: string, start: number): string {
  const before = text[start - 1];
  if (before === undefined || /[\s\[{(,]/.test(before)) return "";
  return before === ":" || before === "-" ? " " : ": ";
}

/** An empty value may touch what follows. */
function colonBefore(text: string, node: SourceNode, start: number): string {
  return node.style === "none" && start === node.end && text[start] === "#" ? " " : "";
}

/** The anchor that stays, with its blank; and the tag, if it still fits. */
function propsText(text: string, node: SourceNode, keepTag: boolean): string {
  if (node.propsEnd === undefined) return "";
  if (keepTag || node.tag === undefined) return `${text.slice(node.start, node.propsEnd)} `;
  return node.anchor === undefined ? "" : `&${node.anchor} `;
}

function headerOf(text: string, node: SourceNode): { readonly end: number; readonly rest: string } {
  const mark = /^[|>][-+0-9]*/.exec(text.slice(node.inner, lineEnd(text, node.inner)))![0];
  const end = node.inner + mark.length;
  return { end, rest: text.slice(end, lineEnd(text, end)) };
}

function fillBlock(doc: Doc, slot: Slot, value: string): Splice[] {
  const { text, style } = doc;
  const { node } = slot;
  const { lineBreak } = style;
  if (node.style === "literal" || node.style === "folded") {
    const { rest } = headerOf(text, node);
    const indent = Math.max(node.indent ?? 0, slot.column + 1);
    const block = blockText(value, { style: node.style, rest, indent, lineBreak });
    return [{ start: node.inner, end: node.end, text: block }];
  }
  const [mark, ...lines] = blockText(value, { style: "literal", rest: "", indent: slot.column + style.step, lineBreak })
    .split(lineBreak);
  const at = lineEnd(text, node.end);
  const below = { start: at, end: at, text: lines.map((line) => lineBreak + line).join("") };
  return [...fillLine(doc, slot, mark, keepsTag(node, value)), below];
}

function fillCollection(doc: Doc, slot: Slot, value: Value): Splice[] {
  const { text, style } = doc;
  const { node, column, isItem, isSection } = slot;
  if (!isCollection(value)) throw new TypeError("Only a list or a map has lines of its own");
  const small = isSection ? style.small : node.style === "block" ? "block" : undefined;
  const dash = !isItem && Array.isArray(value) ? style.dash : style.step;
  if (node.style === "block" && node.propsEnd === undefined) {
    const there = columnOf(text, node.inner);
    // Only a list may stand below its key without being indented.
    const indent = there > column || Array.isArray(value) ? there : column + dash;
    const lines = blockLines(value, { indent, style, small }).join(style.lineBreak);
    return [{ start: node.inner, end: node.end, text: " ".repeat(indent - there) + lines.trimStart() }];
  }
  const lines = blockLines(value, { indent: column + dash, style, small });
  const end = lineEnd(text, node.end);
  const isBare = text.slice(node.end, end).trim() === "";
  if (isItem && isBare && node.propsEnd === undefined && isFirstOnLine(text, slot.after - 1)) {
    const [first, ...others] = blockLines(value, { indent: column + 2, style, small });
    return [{ start: slot.after, end: node.end, text: [` ${first.trimStart()}`, ...others].join(style.lineBreak) }];
  }
  const props = propsText(text, node, false).trimEnd();
  const removed = { start: slot.after, end: isBare ? end : node.end, text: props === "" ? "" : ` ${props}` };
  return [removed, { start: end, end, text: lines.map((line) => style.lineBreak + line).join("") }];
}

/** Another name for a key. */
export function rekey(key: SourceNode, name: string, isFlow: boolean): Splice {
  const style = key.style === "plain" && !isPlainSafe(name, isFlow) ? undefined : key.style;
  return { start: key.start, end: key.end, text: scalarToText(name, { isFlow, style }) };
}

/** Whether the line that an offset is on has a comment behind it. */
export function hasComment(text: string, offset: number): boolean {
  return /(?:^|\s)#/.test(lineAt(text, offset));
}
