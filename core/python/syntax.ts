/**
 * Syntax errors that show without parsing: for telling a script that Python would refuse from one it would read.
 *
 * @module
 */

import { PythonSource, type Token } from "./source.ts";

const OPENERS = ["(", "[", "{"];
const CLOSERS = [")", "]", "}"];
// Binary operators that nothing but their right side may follow. `*`, `**` and `/` also stand alone in parameters.
const NEEDS_OPERAND = new Set("= == != < <= > >= + - % // += -= *= /= := @= << >> ^ & | and or".split(" "));
const ENDS = new Set([")", "]", "}", ",", ":", ";", "=", "==", "!=", ""]);
const KEYWORDS = new Set(
  ("False None True and as assert async await break class continue def del elif else except finally for from global if " +
    "import in is lambda nonlocal not or pass raise return try while with yield").split(" "),
);
const VALUE_KEYWORDS = new Set(["False", "None", "True"]);
const SOFT_KEYWORDS = new Set(["match", "case", "type", "_"]);

/**
 * Why Python would refuse to compile this source, or `undefined` if nothing is seen.
 *
 * Sees strings and brackets that do not close, characters that mean nothing, indentation that does not fit, and
 * neighbours that cannot be (`a b`, `x =`). A source that passes may still be wrong in other ways.
 */
export function syntaxProblem(text: string): string | undefined {
  if (text.includes("\0")) return "it holds a null character";
  const source = new PythonSource(text);
  const indents = new Indentation(source.text);
  let previous: Token = { kind: "newline", text: "\n", start: 0 };
  for (let token = source.next();; token = source.next()) {
    if (token.kind === "bad") return at(source.text, token, token.problem ?? "it cannot be read");
    const problem = neighbourProblem(previous, token) ?? indents.problem(previous, token, source.depth);
    if (problem !== undefined) return at(source.text, token, problem);
    if (token.kind === "end") return undefined;
    previous = token;
  }
}

function at(text: string, token: Token, problem: string): string {
  let line = 1;
  for (let i = text.indexOf("\n"); i >= 0 && i < token.start; i = text.indexOf("\n", i + 1)) line++;
  return `line ${line}: ${problem}`;
}

function neighbourProblem(left: Token, right: Token): string | undefined {
  const rightText = right.kind === "newline" || right.kind === "end" ? "" : right.text;
  if (NEEDS_OPERAND.has(left.text) && left.kind !== "string" && ENDS.has(rightText) && right.kind !== "string") {
    return `something is missing after '${left.text}'`;
  }
  if (left.text === "(" && (rightText === ":" || rightText === ",")) return `unexpected '${rightText}'`;
  if (endsValue(left) && beginsValue(right) && !(left.kind === "string" && right.kind === "string")) {
    return `unexpected '${right.text.slice(0, 40)}'`;
  }
  return undefined;
}

function endsValue({ kind, text }: Token): boolean {
  if (kind === "number" || kind === "string") return true;
  if (kind === "name") return !SOFT_KEYWORDS.has(text) && (!KEYWORDS.has(text) || VALUE_KEYWORDS.has(text));
  return kind === "operator" && CLOSERS.includes(text);
}

function beginsValue({ kind, text }: Token): boolean {
  return kind === "number" || kind === "string" ||
    (kind === "name" && (!KEYWORDS.has(text) || VALUE_KEYWORDS.has(text)));
}

/** Columns of the open blocks, outermost first. */
class Indentation {
  readonly #text: string;
  readonly #columns = [0];
  #opened = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** What is wrong with the line that `token` begins, if it begins one. `depth` counts `token` itself. */
  problem(previous: Token, token: Token, depth: number): string | undefined {
    if (token.kind === "newline") {
      if (previous.kind !== "newline") this.#opened = previous.text === ":" && previous.kind === "operator";
      return undefined;
    }
    if (previous.kind !== "newline" || depth > (OPENERS.includes(token.text) ? 1 : 0)) return undefined;
    return token.kind === "end" ? this.#last() : this.#line(this.#column(token.start));
  }

  #last(): string | undefined {
    return this.#opened ? "an indented block is missing" : undefined;
  }

  #line(column: number): string | undefined {
    const current = this.#columns[this.#columns.length - 1];
    if (this.#opened && column <= current) return "an indented block is missing";
    if (!this.#opened && column > current) return "unexpected indent";
    if (this.#opened) this.#columns.push(column);
    this.#opened = false;
    while (this.#columns[this.#columns.length - 1] > column) this.#columns.pop();
    return this.#columns[this.#columns.length - 1] === column ? undefined : "unindent does not match any outer level";
  }

  /** Python's width of the blank space in front: tabs reach to the next multiple of 8, a form feed starts over. */
  #column(start: number): number {
    let column = 0;
    for (let i = this.#text.lastIndexOf("\n", start - 1) + 1; i < start; i++) {
      const char = this.#text[i];
      column = char === "\t" ? (Math.floor(column / 8) + 1) * 8 : char === "\f" ? 0 : column + 1;
    }
    return column;
  }
}
