/**
 * Reads commands of a POSIX shell, with the additions of bash that are met in practice.
 *
 * @module
 */

import { GAP, type Redirect, type ShellCommands, type SimpleCommand, type Word } from "./command.ts";

/** Deeper nesting is nobody's honest command. */
const MAX_DEPTH = 32;

/** Words of the grammar that stand before a command and are none. */
const KEYWORDS: ReadonlySet<string> = new Set([
  ...["if", "then", "else", "elif", "fi", "do", "done", "while", "until", "!", "{", "}", "time", "coproc", "esac"],
]);

/** Reads a text. Nothing is thrown: what cannot be read is said to be incomplete, with all that was read until then. */
export function parseShell(text: string): ShellCommands {
  return new Parser(text, 0, false).all();
}

interface Draft {
  words: Word[];
  redirects: Redirect[];
  piped: boolean;
}

class Parser {
  readonly #text: string;
  readonly #depth: number;
  readonly #substituted: boolean;
  #at = 0;
  #complete = true;
  #commands: SimpleCommand[] = [];
  #draft: Draft = { words: [], redirects: [], piped: false };
  /** Ends of texts that follow on the next lines. */
  #documents: { readonly end: string; readonly tabs: boolean; readonly quoted: boolean }[] = [];

  constructor(text: string, depth: number, substituted: boolean) {
    [this.#text, this.#depth, this.#substituted] = [text, depth, substituted];
  }

  all(): ShellCommands {
    if (this.#depth > MAX_DEPTH || this.#text.includes(GAP)) return { commands: [], complete: false };
    while (this.#at < this.#text.length) this.#step();
    this.#finish(false);
    if (this.#documents.length > 0) this.#complete = false;
    return { commands: this.#commands, complete: this.#complete };
  }

  #step(): void {
    const rest = this.#text.slice(this.#at, this.#at + 3);
    if (/^[ \t\r]/.test(rest)) return void this.#at++;
    if (rest.startsWith("\\\n")) return void (this.#at += 2);
    if (rest[0] === "\n") return this.#newline();
    if (rest[0] === "#") return this.#comment();
    const redirect = /^(\d*)(&>>|&>|>>|>\||>&|<<<|<<-|<<|<&|<>|>|<)(?!\()/.exec(
      this.#text.slice(this.#at, this.#at + 12),
    );
    if (redirect !== null) return this.#redirect(redirect[0].length, redirect[2]);
    const operator = /^(\|\||\|&|&&|;;&|;;|;&|[|;&()])/.exec(rest);
    if (operator !== null) return this.#operator(operator[0]);
    this.#draft.words.push(this.#word());
    this.#dropKeyword();
  }

  /** A keyword begins what follows anew: it is no word of a command. */
  #dropKeyword(): void {
    const { words } = this.#draft;
    if (words.length === 1 && (words[0].exact || words[0].text === "{") && KEYWORDS.has(words[0].text)) {
      words.length = 0;
    }
  }

  #newline(): void {
    this.#at++;
    this.#finish(false);
    for (const document of this.#documents.splice(0)) this.#skipDocument(document);
  }

  #comment(): void {
    const end = this.#text.indexOf("\n", this.#at);
    this.#at = end < 0 ? this.#text.length : end;
  }

  #operator(operator: string): void {
    this.#at += operator.length;
    this.#finish(operator === "|" || operator === "|&");
  }

  #finish(pipesOn: boolean): void {
    const { words, redirects, piped } = this.#draft;
    if (words.length > 0 || redirects.length > 0) {
      this.#commands.push({ words, redirects, piped, substituted: this.#substituted });
    }
    this.#draft = { words: [], redirects: [], piped: pipesOn };
  }

  #redirect(length: number, operator: string): void {
    this.#at += length;
    while (/[ \t]/.test(this.#text[this.#at] ?? "")) this.#at++;
    const quoted = /['"\\]/.test(this.#text[this.#at] ?? "");
    const target = this.#word();
    if (operator === "<<" || operator === "<<-") {
      this.#documents.push({ end: target.text, tabs: operator === "<<-", quoted });
    } else this.#draft.redirects.push({ operator, target });
  }

  #skipDocument({ end, tabs, quoted }: { end: string; tabs: boolean; quoted: boolean }): void {
    const start = this.#at;
    for (;;) {
      if (this.#at >= this.#text.length) return void (this.#complete = false);
      const stop = this.#text.indexOf("\n", this.#at);
      const line = this.#text.slice(this.#at, stop < 0 ? undefined : stop);
      const body = this.#text.slice(start, this.#at);
      this.#at = stop < 0 ? this.#text.length : stop + 1;
      if ((tabs ? line.replace(/^\t+/, "") : line) !== end) continue;
      if (!quoted) this.#expansionsIn(body);
      return;
    }
  }

  /** Commands within a text that a shell expands. */
  #expansionsIn(body: string): void {
    const inner = new Parser(`"${body.replace(/(?<!\\)"/g, '\\"')}"`, this.#depth + 1, true);
    const { commands, complete } = inner.all();
    this.#commands.push(...commands.filter(({ substituted, words }) => substituted && words.length > 0).slice(0, -1));
    this.#complete &&= complete;
  }

  #word(): Word {
    let [text, exact] = ["", true];
    const start = this.#at;
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at];
      if (/[ \t\r\n|&;()<>]/.test(char) && !(/[<>]/.test(char) && this.#text[this.#at + 1] === "(")) break;
      const piece = this.#piece(char);
      text += piece.text;
      exact &&= piece.exact;
    }
    // Not even one character of a word: an operator in a place where none can be.
    if (this.#at === start) [this.#at, this.#complete] = [this.#at + 1, false];
    return { text, exact };
  }

  #piece(char: string): Word {
    const two = this.#text.slice(this.#at, this.#at + 2);
    if (two === "<(" || two === ">(") return this.#substitution(this.#at + 2, ")");
    if (char === "'") return this.#single();
    if (two === "$'") return this.#escaped();
    if (char === '"' || two === '$"') return this.#double(char === '"' ? 1 : 2);
    if (char === "\\") return this.#backslash();
    if (char === "$" || char === "`") return this.#expansion();
    this.#at++;
    return { text: char, exact: !/[*?[{~]/.test(char) };
  }

  #backslash(): Word {
    const next = this.#text[this.#at + 1];
    this.#at += 2;
    if (next === undefined) this.#complete = false;
    return { text: next === "\n" || next === undefined ? "" : next, exact: true };
  }

  #single(): Word {
    return this.#until("'", this.#at + 1, (text) => text);
  }

  #until(end: string, from: number, read: (text: string) => string): Word {
    const stop = this.#text.indexOf(end, from);
    if (stop < 0) this.#complete = false;
    this.#at = stop < 0 ? this.#text.length : stop + end.length;
    return { text: read(this.#text.slice(from, stop < 0 ? undefined : stop)), exact: true };
  }

  /** `$'…'`: escapes are not worked out, so a word with one is not known. */
  #escaped(): Word {
    const found = /^\$'((?:[^'\\]|\\[^])*)'/.exec(this.#text.slice(this.#at));
    if (found === null) {
      [this.#at, this.#complete] = [this.#text.length, false];
      return { text: GAP, exact: false };
    }
    this.#at += found[0].length;
    return found[1].includes("\\") ? { text: GAP, exact: false } : { text: found[1], exact: true };
  }

  #double(opening: number): Word {
    let [text, exact] = ["", true];
    for (this.#at += opening; this.#at < this.#text.length;) {
      const char = this.#text[this.#at];
      if (char === '"') {
        this.#at++;
        return { text, exact };
      }
      const piece = this.#quotedPiece(char);
      text += piece.text;
      exact &&= piece.exact;
    }
    this.#complete = false;
    return { text, exact };
  }

  #quotedPiece(char: string): Word {
    if (char === "$" || char === "`") return this.#expansion();
    if (char === "\\" && /["\\$`\n]/.test(this.#text[this.#at + 1] ?? "")) return this.#backslash();
    this.#at++;
    return { text: char, exact: true };
  }

  #expansion(): Word {
    const rest = this.#text.slice(this.#at, this.#at + 3);
    if (rest.startsWith("$((")) return this.#arithmetic();
    if (rest.startsWith("$(")) return this.#substitution(this.#at + 2, ")");
    if (rest[0] === "`") return this.#backquoted();
    if (rest.startsWith("${")) return this.#braces();
    const name = /^\$(\w+|[@*#?$!-])/.exec(this.#text.slice(this.#at, this.#at + 256));
    this.#at += name === null ? 1 : name[0].length;
    return name === null ? { text: "$", exact: true } : { text: GAP, exact: false };
  }

  /** Either numbers or, if its brackets do not end together, commands in brackets. */
  #arithmetic(): Word {
    const end = this.#closing(this.#at + 2, ")");
    const inner = this.#text.slice(this.#at + 3, end);
    if (end < this.#text.length) this.#expansionsIn(inner);
    return this.#substitution(this.#at + 2, ")");
  }

  #substitution(from: number, close: string): Word {
    const end = this.#closing(from, close);
    if (end >= this.#text.length) this.#complete = false;
    this.#take(this.#text.slice(from, end));
    this.#at = Math.min(end + 1, this.#text.length);
    return { text: GAP, exact: false };
  }

  #backquoted(): Word {
    const found = /^`((?:[^`\\]|\\[^])*)`/.exec(this.#text.slice(this.#at));
    if (found === null) {
      [this.#at, this.#complete] = [this.#text.length, false];
      return { text: GAP, exact: false };
    }
    this.#at += found[0].length;
    this.#take(found[1].replace(/\\([`\\$])/g, "$1"));
    return { text: GAP, exact: false };
  }

  #braces(): Word {
    const end = this.#closing(this.#at + 2, "}");
    if (end >= this.#text.length) this.#complete = false;
    this.#expansionsIn(this.#text.slice(this.#at + 2, end));
    this.#at = Math.min(end + 1, this.#text.length);
    return { text: GAP, exact: false };
  }

  #take(inner: string): void {
    const { commands, complete } = new Parser(inner, this.#depth + 1, true).all();
    this.#commands.push(...commands);
    this.#complete &&= complete;
  }

  /** Place of the bracket that closes what was opened before `from`, quotes and inner brackets passed over. */
  #closing(from: number, close: string): number {
    const open = close === ")" ? "(" : "{";
    let depth = 1;
    for (let at = from; at < this.#text.length; at++) {
      const char = this.#text[at];
      if (char === "\\") at++;
      else if (char === "'") at = indexOr(this.#text, "'", at + 1);
      else if (char === '"') at = endOfDouble(this.#text, at + 1);
      else if (char === open) depth++;
      else if (char === close && --depth === 0) return at;
    }
    return this.#text.length;
  }
}

function indexOr(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from);
  return at < 0 ? text.length : at;
}

/** Substitutions inside may hold quotes of their own; to take the first one as the end is what {@linkcode parseShell} checks. */
function endOfDouble(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text.startsWith("$(", at)) depth++;
    else if (text[at] === ")" && depth > 0) depth--;
    else if (text[at] === '"' && depth === 0) return at;
  }
  return text.length;
}
