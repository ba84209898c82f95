/**
 * Pieces of a text that are replaced, everything else staying as it is.
 *
 * @module
 */

/** Where a setting is written or will be, and what is put there. */
export interface Splice {
  readonly start: number;
  /** Equal to `start` where nothing is taken away. */
  readonly end: number;
  readonly text: string;
}

/** The text with the piece in it. */
export function spliced(text: string, { start, end, text: piece }: Splice): string {
  return text.slice(0, start) + piece + text.slice(end);
}

/** How the text ends its lines. */
export function lineBreak(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** Lines put after everything else. */
export function appended(text: string, lines: readonly string[]): Splice {
  const end = lineBreak(text);
  const before = text === "" || text === "\ufeff" || /[\r\n]$/.test(text) ? "" : end;
  return { start: text.length, end: text.length, text: before + lines.map((line) => line + end).join("") };
}

/** A line put before the one that `offset` is in. */
export function insertedBefore(text: string, offset: number, line: string): Splice {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return { start, end: start, text: line + lineBreak(text) };
}

/** A line put after the one that `offset` is in. */
export function insertedAfter(text: string, offset: number, line: string): Splice {
  const found = text.indexOf("\n", offset);
  if (found < 0) return { start: text.length, end: text.length, text: lineBreak(text) + line + lineBreak(text) };
  return { start: found + 1, end: found + 1, text: line + lineBreak(text) };
}

/** A text in double quotes, as YAML and TOML both read it: JSON, in which more characters are written as their numbers. */
export function quotedText(text: string): string {
  return JSON.stringify(text).replace(/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** A number as YAML and TOML both read it: before an exponent YAML wants a point. */
export function numberText(number: number): string {
  return String(number).replace(/^(-?\d+)e/, "$1.0e");
}
