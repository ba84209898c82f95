/**
 * Where the keys of a TOML text are. The text was read before: it is TOML.
 *
 * @module
 */

/** A key with its value, by offsets into the text. */
export interface TomlKey {
  /** With the names of the tables around it. */
  readonly path: readonly string[];
  readonly start: number;
  readonly valueStart: number;
  /** After the value's last character. */
  readonly valueEnd: number;
}

/** A `[header]`. */
export interface TomlTable {
  readonly path: readonly string[];
  readonly start: number;
  /** Where the next line begins. */
  readonly bodyStart: number;
}

/** All that was found, in order. */
export interface TomlPlaces {
  readonly keys: readonly TomlKey[];
  readonly tables: readonly TomlTable[];
}

const BLANK = /[ \t\r\n]*(?:#[^\n]*(?:\n|$)[ \t\r\n]*)*/y;
const NAME = /[ \t]*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([A-Za-z0-9_-]+))[ \t]*/y;
const TOKENS = /"""(?:[^\\]|\\[^])*?"{3,5}|'''[^]*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*|[[\]{}]|\n/g;

/** Finds keys and tables. */
export function scanToml(text: string): TomlPlaces {
  const keys: TomlKey[] = [];
  const tables: TomlTable[] = [];
  let table: readonly string[] = [];
  for (let at = text.startsWith("\ufeff") ? 1 : 0; (at = skip(BLANK, text, at)) < text.length;) {
    if (text[at] === "[") {
      const name = names(text, at + (text[at + 1] === "[" ? 2 : 1));
      table = name.path;
      at = lineEnd(text, name.end);
      tables.push({ path: table, start: name.start, bodyStart: at });
      continue;
    }
    const { path, start, end } = names(text, at);
    const valueStart = skip(/[ \t]*/y, text, end + 1);
    const valueEnd = endOfValue(text, valueStart);
    keys.push({ path: [...table, ...path], start, valueStart, valueEnd });
    at = Math.max(valueEnd, start + 1);
  }
  return { keys, tables };
}

/** The line and column of an offset, both from 1. */
export function placeIn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - (before.lastIndexOf("\n") + 1) + 1 };
}

/** A dotted name; `end` is where it is over, at `=` or `]`. */
function names(text: string, from: number): { path: string[]; start: number; end: number } {
  const path: string[] = [];
  const start = skip(/[ \t]*/y, text, from);
  for (let at = from;;) {
    NAME.lastIndex = at;
    const match = NAME.exec(text);
    if (match === null) return { path, start, end: at };
    path.push(match[1] === undefined ? match[2] ?? match[3] : unescaped(match[1]));
    at = NAME.lastIndex;
    if (text[at] !== ".") return { path, start, end: at };
    at++;
  }
}

function unescaped(body: string): string {
  return body.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g, (_, short, long, one) => {
    if (one !== undefined) {
      return ({ n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" } as Record<string, string>)[one] ?? one;
    }
    return String.fromCodePoint(parseInt(short ?? long, 16));
  });
}

/** The value goes on over lines while a bracket is open. */
function endOfValue(text: string, start: number): number {
  TOKENS.lastIndex = start;
  let depth = 0;
  for (let token = TOKENS.exec(text); token !== null; token = TOKENS.exec(text)) {
    const [word] = token;
    if (word === "[" || word === "{") depth++;
    else if (word === "]" || word === "}") depth--;
    else if (depth === 0 && (word === "\n" || word.startsWith("#"))) return trimmed(text, start, token.index);
  }
  return trimmed(text, start, text.length);
}

function trimmed(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}
