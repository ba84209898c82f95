/**
 * What names of a Python source stand for, where that is certain.
 *
 * @module
 */

import { assignedAt, isAt, type Tokens } from "./argparse_tokens.ts";
import { headsOf, type Statement } from "./argparse_lines.ts";
import { staticValue } from "./argparse_values.ts";
import type { Value } from "../yaml/value.ts";

/** Methods that change nothing, and functions that only look. */
const READING = new Set("keys values items get index count copy join split format".split(" "));
const LOOKING = new Set(
  "list tuple sorted set frozenset len enumerate iter print str any all min max range".split(" "),
);
const LOOKING_KEYWORDS = new Set(["choices", "default", "help", "metavar", "nargs", "type", "const", "key"]);

/** The names that a source binds, and the values of those that are bound once and never changed. */
export class SourceNames {
  readonly #statements: readonly Statement[];
  readonly #bound = new Map<string, number>();
  readonly #constants = new Map<string, number>();
  readonly #values = new Map<string, Value | undefined>();

  constructor(statements: readonly Statement[]) {
    this.#statements = statements;
    for (let at = 0; at < statements.length; at++) this.#bind(statements[at].tokens, at);
  }

  /** Whether the source gives this name a meaning of its own anywhere. */
  isBound(name: string): boolean {
    return this.#bound.has(name);
  }

  /** How often it does. */
  timesBound(name: string): number {
    return this.#bound.get(name) ?? 0;
  }

  /** The value of `name` as seen from the statement at `from`; `undefined` if it is not certain. */
  constant(name: string, from: number): Value | undefined {
    const at = this.#constants.get(name);
    if (at === undefined || at >= from || this.#bound.get(name) !== 1 || !this.#isSurelyBefore(at, from)) {
      return undefined;
    }
    if (!this.#values.has(name)) {
      // A name that stands for itself would be looked up for ever.
      this.#values.set(name, undefined);
      this.#values.set(name, this.#valueAt(name, at));
    }
    return this.#values.get(name);
  }

  #isSurelyBefore(at: number, from: number): boolean {
    const [outer, inner] = [headsOf(this.#statements, at), headsOf(this.#statements, from)];
    return outer.every((head, i) => inner[i] === head);
  }

  #valueAt(name: string, at: number): Value | undefined {
    const { tokens } = this.#statements[at];
    const value = staticValue(tokens.slice(assignedAt(tokens)), (other) => this.constant(other, at));
    const mayChange = typeof value === "object" && value !== null && (Array.isArray(value) || value instanceof Map);
    return mayChange && !this.#isOnlyRead(name, at) ? undefined : value;
  }

  /** Whether nothing in the source could add to a list or map: all that is not known to look at it might. */
  #isOnlyRead(name: string, definition: number): boolean {
    return this.#statements.every(({ tokens }, at) =>
      at === definition || tokens.every((token, i) => token.kind !== "name" || token.text !== name || isRead(tokens, i))
    );
  }

  #bind(tokens: Tokens, statement: number): void {
    const assigned = assignedAt(tokens);
    const [first] = tokens;
    const isHeader = first.text === "def" || first.text === "class" || first.text === "async";
    const isImport = first.text === "import" || first.text === "from";
    const isScope = first.text === "global" || first.text === "nonlocal" || first.text === "del";
    let isTarget = false;
    for (let i = 0; i < tokens.length; i++) {
      if (tokens[i].kind !== "name") continue;
      const { text } = tokens[i];
      if (text === "for" || text === "lambda") isTarget = true;
      if (text === "in") isTarget = false;
      const isBinding = isTarget || isHeader || isImport || isScope || i < assigned - 1 || isAt(tokens, i + 1, ":=") ||
        isAt(tokens, i - 1, "as");
      if (text === "lambda" || !isBinding) continue;
      this.#bound.set(text, (this.#bound.get(text) ?? 0) + 1);
      if (i === 0 && (isAt(tokens, 1, "=") || isAt(tokens, 1, ":")) && assigned > 0) {
        this.#constants.set(text, statement);
      }
    }
  }
}

function isRead(tokens: Tokens, i: number): boolean {
  if (isAt(tokens, i - 1, ".")) return true;
  if (isAt(tokens, i + 1, ".")) return READING.has(tokens[i + 2]?.text ?? "");
  if (isAt(tokens, i + 1, "[") || isAt(tokens, i - 1, "in")) return true;
  if (isAt(tokens, i - 1, "(")) return LOOKING.has(tokens[i - 2]?.text ?? "");
  return isAt(tokens, i - 1, "=") && LOOKING_KEYWORDS.has(tokens[i - 2]?.text ?? "") && isKeyword(tokens, i);
}

// `choices = NAME` as a statement gives the list another name.
function isKeyword(tokens: Tokens, i: number): boolean {
  return isAt(tokens, i - 3, "(") || isAt(tokens, i - 3, ",");
}
