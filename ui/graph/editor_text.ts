/**
 * A text as an editor has it, whose line breaks are all alike, and back.
 *
 * @module
 */

import { spliceBetween } from "./splice.ts";

/** With plain line breaks. */
export function editorText(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/** The text after its editor's text became `edited`: other line breaks stay, new ones are like the first that is there. */
export function fromEditor(text: string, edited: string): string {
  if (!text.includes("\r")) return edited;
  const splice = spliceBetween(editorText(text), edited);
  if (splice === undefined) return text;
  const lineBreak = /\r\n?|\n/.exec(text)![0];
  const start = offsetIn(text, splice.at);
  const end = offsetIn(text, splice.at + splice.removed.length);
  return text.slice(0, start) + splice.inserted.replaceAll("\n", lineBreak) + text.slice(end);
}

/** Where a place of the editor's text is in the text. */
function offsetIn(text: string, place: number): number {
  let at = 0;
  for (let passed = 0; passed < place; passed++) at += text.startsWith("\r\n", at) ? 2 : 1;
  return at;
}
