/**
 * Brackets, calls and assignments among tokens.
 *
 * @module
 */

import type { Token } from "./source.ts";

/** Part of a statement. */
export type Tokens = readonly Token[];

/** One argument of a call: `value`, `name=value`, `*value` or `**value`. */
export interface CallArgument {
  readonly name?: string;
  readonly isStarred: boolean;
  readonly value: Tokens;
}

/** Whether the token at `at` has this text and is no string. */
export function isAt(tokens: Tokens, at: number, text: string): boolean {
  return tokens[at]?.text === text && tokens[at].kind !== "string";
}

/** Position of the bracket that closes the one at `open`; -1 if there is none. */
export function closingOf(tokens: Tokens, open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    depth += depthOf(tokens[at]);
    if (depth === 0) return at;
  }
  return -1;
}

function depthOf({ kind, text }: Token): number {
  if (kind !== "operator") return 0;
  if (text === "(" || text === "[" || text === "{") return 1;
  return text === ")" || text === "]" || text === "}" ? -1 : 0;
}

/** The parts between `separator` outside of brackets; an empty last part is left out. */
export function split(tokens: Tokens, separator: string): readonly Tokens[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    depth += depthOf(token);
    if (depth === 0 && token.kind === "operator" && token.text === separator) parts.push([]);
    else parts[parts.length - 1].push(token);
  }
  return parts[parts.length - 1].length === 0 ? parts.slice(0, -1) : parts;
}

/** The arguments of a call, without its brackets. */
export function callArguments(inside: Tokens): readonly CallArgument[] {
  return split(inside, ",").map((part) => {
    const isStarred = isAt(part, 0, "*") || isAt(part, 0, "**");
    const hasName = part.length > 1 && part[0].kind === "name" && isAt(part, 1, "=");
    if (hasName) return { name: part[0].text, isStarred, value: part.slice(2) };
    return { isStarred, value: isStarred ? part.slice(1) : part };
  });
}

const AUGMENTED = new Set("+= -= *= /= //= %= **= >>= <<= &= ^= |= @=".split(" "));

/** Where what is assigned begins, behind the last `=` outside of brackets; -1 if nothing is assigned. */
export function assignedAt(tokens: Tokens): number {
  let found = -1;
  let depth = 0;
  for (let at = 0; at < tokens.length; at++) {
    depth += depthOf(tokens[at]);
    const { kind, text } = tokens[at];
    if (depth === 0 && kind === "operator" && (text === "=" || AUGMENTED.has(text))) found = at + 1;
  }
  return found;
}
