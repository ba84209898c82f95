/**
 * Python source as tokens: what strings, comments and brackets are, without compiling anything.
 *
 * @module
 */

/** One word of Python source. `newline` ends a logical line; `bad` ends everything and says why in `problem`. */
export interface Token {
  readonly kind: "name" | "number" | "string" | "operator" | "newline" | "end" | "bad";
  /** As written, prefix and quotes of a string included. */
  readonly text: string;
  /** Offset of the first character, from 0, after line ends were made `\n`. */
  readonly start: number;
  readonly problem?: string;
}

// Everything beyond ASCII counts as a letter: Python allows most of it in names, and none of it elsewhere.
const BLANK = /(?:[ \t\f]|\\\n|#[^\n]*)+/y;
const STRING_START = /(?:[bB][rR]?|[rR][bBfFtT]?|[uU]|[fFtT][rR]?)?(?:"""|'''|"|')/y;
const NAME = /[A-Za-z_\x80-\uffff][A-Za-z0-9_\x80-\uffff]*/y;
const NUMBER = new RegExp(
  [
    /0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+/,
    /(?:(?:\d(?:_?\d)*)?\.\d(?:_?\d)*|\d(?:_?\d)*\.)(?:[eE][+-]?\d(?:_?\d)*)?[jJ]?/,
    /\d(?:_?\d)*[eE][+-]?\d(?:_?\d)*[jJ]?|\d(?:_?\d)*[jJ]?/,
  ].map((part) => part.source).join("|"),
  "y",
);
const OPERATOR = /\*\*=?|\/\/=?|>>=?|<<=?|\.\.\.|->|:=|[-+*/%@&|^<>=!]=|[-+*/%@&|^~<>()[\]{},:.;=]/y;
const CLOSING: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Reads Python source token by token; comments, blank space and line ends inside brackets are left out. */
export class PythonSource {
  /** The source with a leading byte order mark dropped and every line end as `\n`. */
  readonly text: string;
  #at = 0;
  #open: string[] = [];
  #bad: Token | undefined;

  constructor(source: string) {
    const text = source.startsWith("\ufeff") ? source.slice(1) : source;
    this.text = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  }

  /** How many brackets are open. */
  get depth(): number {
    return this.#open.length;
  }

  /** The next token; after the last one, `end` (or the same `bad`) again and again. */
  next(): Token {
    if (this.#bad !== undefined) return this.#bad;
    this.#skipBlank();
    if (this.#at >= this.text.length) return this.#end();
    if (this.text[this.#at] === "\n") return this.#take("newline", 1);
    const opening = matchAt(STRING_START, this.text, this.#at);
    if (opening > 0) return this.#string(opening);
    const name = matchAt(NAME, this.text, this.#at);
    if (name > 0) return this.#take("name", name);
    const number = matchAt(NUMBER, this.text, this.#at);
    if (number > 0) return this.#take("number", number);
    const operator = matchAt(OPERATOR, this.text, this.#at);
    if (operator > 0) return this.#operator(operator);
    return this.#fail(this.#at, `unexpected '${String.fromCodePoint(this.text.codePointAt(this.#at) ?? 0)}'`);
  }

  #skipBlank(): void {
    do {
      this.#at += matchAt(BLANK, this.text, this.#at);
    } while (this.#open.length > 0 && this.text[this.#at] === "\n" && this.#at++ >= 0);
  }

  #end(): Token {
    const open = this.#open.at(-1);
    if (open !== undefined) return this.#fail(this.#at, `'${open}' was never closed`);
    return { kind: "end", text: "", start: this.#at };
  }

  #take(kind: Token["kind"], length: number): Token {
    const start = this.#at;
    this.#at += length;
    return { kind, text: this.text.slice(start, this.#at), start };
  }

  #operator(length: number): Token {
    const token = this.#take("operator", length);
    if (token.text === "(" || token.text === "[" || token.text === "{") this.#open.push(token.text);
    const expected = CLOSING[token.text];
    if (expected !== undefined && this.#open.pop() !== expected) {
      return this.#fail(token.start, `unmatched '${token.text}'`);
    }
    return token;
  }

  #string(opening: number): Token {
    const start = this.#at;
    const end = stringEnd(this.text, start, opening);
    if (end < 0) return this.#fail(start, "a string is never closed");
    return this.#take("string", end - start);
  }

  #fail(start: number, problem: string): Token {
    this.#bad = { kind: "bad", text: this.text.slice(start, start + 1), start, problem };
    return this.#bad;
  }
}

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex - at : 0;
}

/** Offset behind the string literal that starts at `start` with `opening` characters of prefix and quotes, or -1. */
function stringEnd(text: string, start: number, opening: number): number {
  const quote = text[start + opening - 1];
  const triple = text.startsWith(quote.repeat(3), start + opening - 3) && opening >= 3;
  const formatted = /[fFtT]/.test(text.slice(start, start + opening));
  const body = start + opening;
  const nested = formatted ? formattedEnd(text, body, triple ? quote.repeat(3) : quote) : -1;
  return nested >= 0 ? nested : plainEnd(text, body, triple ? quote.repeat(3) : quote);
}

function plainEnd(text: string, body: number, closing: string): number {
  for (let at = body; at < text.length; at++) {
    const char = text[at];
    if (char === "\\") at++;
    else if (char === closing[0]) {
      if (text.startsWith(closing, at)) return at + closing.length;
    } else if (char === "\n" && closing.length === 1) return -1;
  }
  return -1;
}

/** As `plainEnd`, but a `{…}` may hold strings with the same quotes, as Python 3.12 allows; -1 if they do not pair. */
function formattedEnd(text: string, body: number, closing: string): number {
  let depth = 0;
  for (let at = body; at < text.length; at++) {
    const char = text[at];
    if (depth === 0 && text.startsWith(closing, at)) return at + closing.length;
    if (char === "\n" && closing.length === 1) return -1;
    if (char === "{" && depth === 0 && text[at + 1] === "{") at++;
    else if (char === "{") depth++;
    else if (char === "}" && depth > 0) depth--;
    else if (char === "\\") at++;
    else if (depth > 0 && (char === '"' || char === "'")) {
      at = plainEnd(text, at + 1, char) - 1;
      if (at < 0) return -1;
    }
  }
  return -1;
}
