/**
 * Lines of a text, asked for by offset.
 *
 * @module
 */

const BREAK = /[\r\n]/;

/** Start of the line that `offset` is on. */
export function lineStart(text: string, offset: number): number {
  let at = offset;
  // Between the two characters of a line break one is still on the line that it ends.
  if (text[at - 1] === "\r" && text[at] === "\n") at--;
  while (at > 0 && !BREAK.test(text[at - 1])) at--;
  return at;
}

/** End of the line that `offset` is on, before its line break. */
export function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && !BREAK.test(text[at])) at++;
  return at;
}

/** Start of the line after the one that `offset` is on; the end of the text after the last. */
export function nextLine(text: string, offset: number): number {
  const end = lineEnd(text, offset);
  if (text[end] === "\r" && text[end + 1] === "\n") return end + 2;
  return Math.min(end + 1, text.length);
}

/** Start of the line before the one that starts at `start`; `undefined` before the first. */
export function lineBefore(text: string, start: number): number | undefined {
  if (start === 0) return undefined;
  const end = text[start - 1] === "\n" && text[start - 2] === "\r" ? start - 2 : start - 1;
  return lineStart(text, end);
}

/** The line that starts at `start`, without its break. */
export function lineAt(text: string, start: number): string {
  return text.slice(start, lineEnd(text, start));
}

/** How far an offset is from the start of its line. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Number of the line that `offset` is on, from 1. */
export function lineNumber(text: string, offset: number): number {
  let line = 1;
  for (const { 0: lineBreak, index } of text.matchAll(/\r\n?|\n/g)) {
    if (index + lineBreak.length > offset) break;
    line++;
  }
  return line;
}

/** The line break that a text uses. */
export function breakOf(text: string): string {
  return /\r\n?|\n/.exec(text)?.[0] ?? "\n";
}

/** Behind blanks, line breaks and comments. */
export function skipBlank(text: string, offset: number): number {
  let at = offset;
  for (;;) {
    while (at < text.length && /[ \t\r\n]/.test(text[at])) at++;
    if (text[at] !== "#" || (at > 0 && !/[\s,\[\]{}]/.test(text[at - 1]))) return at;
    at = lineEnd(text, at);
  }
}
