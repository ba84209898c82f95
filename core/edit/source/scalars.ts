/**
 * Keys and blocks of text, as parser events tell of them.
 *
 * @module
 */

import type { ScalarEvent } from "js-yaml";
import { YamlFault } from "../../yaml/fault.ts";
import { plainValue } from "../../yaml/scalar.ts";
import { pyStr } from "../../yaml/value.ts";
import { lineEnd, lineStart } from "./lines.ts";
import type { SourceNode } from "./node.ts";

/** Whether a key is the `<<` that merges. */
export function isMergeKey(key: SourceNode): boolean {
  return key.text === "<<" && (key.style === "plain" && key.tag === undefined || key.tag === "!!merge");
}

/** A key as the reader shows it. One that cannot be read is named as it is written. */
export function keyName(key: SourceNode): string {
  const node = key.target ?? key;
  const text = node.text ?? "";
  if (node.tag !== undefined || (node.style !== "plain" && node.style !== "none")) return text;
  try {
    return pyStr(plainValue(text));
  } catch (fault) {
    if (fault instanceof YamlFault) return text;
    throw fault;
  }
}

/** The | or > of a block, whose content starts on the line after it. */
export function blockStart(text: string, contentStart: number): number {
  const end = contentStart - (text.slice(contentStart - 2, contentStart) === "\r\n" ? 2 : 1);
  const start = lineStart(text, end);
  return start + Math.max(0, text.slice(start, end).search(/[|>][-+0-9]*[ \t]*(?:#.*)?$/));
}

/** Behind the last line of a block, before its line break. Blank lines at its end count only where they are kept. */
export function blockEnd(text: string, inner: number, event: ScalarEvent): number {
  const header = lineEnd(text, inner);
  const content = text.slice(event.valueStart, event.valueEnd);
  const isKept = /^[|>][0-9]?\+/.test(text.slice(inner, header));
  const kept = isKept ? content.replace(/(?:\r\n?|\n)$/, "") : content.replace(/[ \t\r\n]+$/, "");
  return kept === "" && content === "" ? header : Math.max(header, event.valueStart + kept.length);
}
