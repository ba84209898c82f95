/**
 * Whether two lines that look alike can be the same line, written down from memory.
 *
 * Likeness alone takes `y = 2` for `y = 3`. What decides what code does has to be the same: numbers, texts, operators,
 * brackets, and names but for a slip of the pen.
 *
 * @module
 */

import { ratio } from "./ratio.ts";

/** Blanks at the ends away, blanks in between to one. */
export function plain(line: string): string {
  return line.trim().replace(/\s+/g, " ");
}

/** Names this much alike may be one name with a slip. */
const NAME_RATIO = 0.75;

/** Shorter names are too easily another one. */
const NAME_LENGTH = 4;

/** Whether `found` can be what was meant by `given`. Both {@linkcode plain}. */
export function agree(given: string, found: string): boolean {
  if (given === found) return true;
  const [a, b] = [withPlainQuotes(given), withPlainQuotes(found)];
  return sameList(texts(a), texts(b)) && sameList(numbers(a), numbers(b)) && sameList(signs(a), signs(b)) &&
    sameEnds(a, b) && sameWords(a, b);
}

/** Quotes of any kind are the same to whoever writes from memory. */
export function withPlainQuotes(line: string): string {
  return line.replace(/["`\u2018\u2019\u201c\u201d]/g, "'");
}

function texts(line: string): readonly string[] {
  return line.match(/'(?:[^'\\]|\\.)*'/g) ?? [];
}

function numbers(line: string): readonly string[] {
  return line.match(/\d+(?:[._]\d+)*/g) ?? [];
}

function signs(line: string): readonly string[] {
  return line.match(/[-+*/%<>=!&|^~?:@()[\]{}]/g) ?? [];
}

/** What stands at the ends of a line is easily lost when it is replaced by what somebody thought it was. */
function sameEnds(a: string, b: string): boolean {
  const end = (line: string) => /[;,{[(:]$/.exec(line)?.[0] ?? "";
  return end(a) === end(b);
}

function words(line: string): readonly string[] {
  return line.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? [];
}

/** Names in order: those that differ must be alike, and as many. */
function sameWords(a: string, b: string): boolean {
  const [given, found] = [words(a), words(b)];
  return given.length === found.length && given.every((word, i) => sameWord(word, found[i]));
}

function sameWord(a: string, b: string): boolean {
  if (a === b) return true;
  return Math.min(a.length, b.length) >= NAME_LENGTH && ratio(a.toLowerCase(), b.toLowerCase()) >= NAME_RATIO;
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
