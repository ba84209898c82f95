/**
 * Python source as statements, each knowing the blocks it stands in.
 *
 * @module
 */

import { PythonSource, type Token } from "./source.ts";

/** One statement, or the head of a block with what stands behind its colon. */
export interface Statement {
  readonly tokens: readonly Token[];
  /** Line of the source, from 1. */
  readonly line: number;
  /** Position of the head of the block it stands in, outermost -1. */
  readonly parent: number;
  /** The word that makes it the head of a block, such as `def` or `for`. */
  readonly head?: string;
}

const HEADS = new Set(
  "if elif else for while with try except finally def class async match case".split(" "),
);
// These are names too; a head is one only with a colon at its end.
const SOFT = new Set(["match", "case"]);

/** The statements of a source in order; `undefined` if its words cannot be told apart. */
export function statementsOf(source: string): readonly Statement[] | undefined {
  const reader = new PythonSource(source);
  const builder = new Builder(reader.text);
  for (let token = reader.next(); token.kind !== "end"; token = reader.next()) {
    if (token.kind === "bad") return undefined;
    if (token.kind === "newline" || (token.text === ";" && reader.depth === 0)) builder.end(token.kind === "newline");
    else builder.tokens.push(token);
  }
  builder.end(true);
  return builder.statements;
}

class Builder {
  readonly statements: Statement[] = [];
  tokens: Token[] = [];
  readonly #text: string;
  readonly #open: { readonly at: number; readonly column: number }[] = [];
  #line = 1;
  #seen = 0;
  #column = 0;
  #isContinued = false;

  constructor(text: string) {
    this.#text = text;
  }

  end(isLineEnd: boolean): void {
    if (this.tokens.length > 0) {
      const [first] = this.tokens;
      if (!this.#isContinued) this.#column = this.#columnOf(first.start);
      while ((this.#open.at(-1)?.column ?? -1) >= this.#column) this.#open.pop();
      const parent = this.#open.at(-1)?.at ?? -1;
      const head = headOf(this.tokens);
      this.statements.push({ tokens: this.tokens, line: this.#lineOf(first.start), parent, head });
      if (head !== undefined) this.#open.push({ at: this.statements.length - 1, column: this.#column });
      this.tokens = [];
    }
    this.#isContinued = !isLineEnd;
  }

  #lineOf(start: number): number {
    for (; this.#seen < start; this.#seen++) if (this.#text[this.#seen] === "\n") this.#line++;
    return this.#line;
  }

  // Tabs reach to the next multiple of 8, as Python counts them.
  #columnOf(start: number): number {
    let column = 0;
    for (let i = this.#text.lastIndexOf("\n", start - 1) + 1; i < start; i++) {
      column = this.#text[i] === "\t" ? (Math.floor(column / 8) + 1) * 8 : column + 1;
    }
    return column;
  }
}

function headOf(tokens: readonly Token[]): string | undefined {
  const [first, second] = tokens;
  if (first.kind !== "name" || !HEADS.has(first.text)) return undefined;
  if (SOFT.has(first.text) && tokens[tokens.length - 1].text !== ":") return undefined;
  return first.text === "async" ? second?.text : first.text;
}

/** Positions of the heads around a statement, outermost first. */
export function headsOf(statements: readonly Statement[], at: number): readonly number[] {
  const heads: number[] = [];
  for (let head = statements[at].parent; head >= 0; head = statements[head].parent) heads.unshift(head);
  return heads;
}

/** The function a statement stands in, by the position of its head; -1 outside of all. */
export function functionOf(statements: readonly Statement[], at: number): number {
  let head = statements[at].parent;
  while (head >= 0 && statements[head].head !== "def") head = statements[head].parent;
  return head;
}

/** Name of the function or class that a head begins. */
export function nameOf(statement: Statement): string {
  const at = statement.tokens.findIndex(({ text }) => text === "def" || text === "class");
  return statement.tokens[at + 1]?.text ?? "";
}
