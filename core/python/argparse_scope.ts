/**
 * Whether the words of a command reach a parser as they are.
 *
 * @module
 */

import { functionOf, nameOf, type Statement } from "./argparse_lines.ts";
import { closingOf, isAt, type Tokens } from "./argparse_tokens.ts";

/** Why the words of the command may be changed, or a refusal be caught; `undefined` if neither is to be seen. */
export function interferenceIn(statements: readonly Statement[]): string | undefined {
  for (const { tokens, head, line } of statements) {
    if (head === "except" && catchesExit(tokens)) return `line ${line} may catch what the parser refuses`;
    if (!tokens.every((_, at) => isPlainArgv(tokens, at))) return `line ${line} uses sys.argv in its own way`;
  }
  return undefined;
}

function catchesExit(tokens: Tokens): boolean {
  return isAt(tokens, 1, ":") || tokens.some(({ text }) => text === "SystemExit" || text === "BaseException");
}

const BEFORE = new Set(["(", "=", ",", "else", "or", "return"]);
const AFTER = new Set([")", ",", "if", undefined]);

/** Of `sys.argv` only `sys.argv[0]` and `sys.argv[1:]` by themselves say nothing of other words. */
function isPlainArgv(tokens: Tokens, at: number): boolean {
  if (tokens[at].kind !== "name" || tokens[at].text !== "argv") return true;
  const isOfSys = isAt(tokens, at - 1, ".") && isAt(tokens, at - 2, "sys");
  // `from sys import argv` and `import sys as s` give it another name; as the parameter of a function it is harmless.
  if (!isOfSys) return tokens[0].text !== "from" && !isAt(tokens, at - 1, ".");
  if (!isAt(tokens, at + 1, "[")) return false;
  const end = closingOf(tokens, at + 1);
  const inside = tokens.slice(at + 2, end).map(({ text }) => text).join(" ");
  if (inside === "0") return !isAt(tokens, end + 1, "=");
  return inside === "1 :" && BEFORE.has(tokens[at - 3]?.text ?? "(") && AFTER.has(tokens[end + 1]?.text);
}

/** Positions of the functions that are called, directly or through each other, when the file is run. */
export function reachedFrom(statements: readonly Statement[]): ReadonlySet<number> {
  const functions = new Map<string, number[]>();
  const calls = new Map<number, Set<string>>();
  for (let at = 0; at < statements.length; at++) {
    const owner = functionOf(statements, at);
    const { tokens, head } = statements[at];
    if (head === "def") functions.set(nameOf(statements[at]), [...functions.get(nameOf(statements[at])) ?? [], at]);
    else {
      const names = calls.get(owner) ?? new Set();
      calls.set(owner, names);
      for (let i = 0; i + 1 < tokens.length; i++) if (isAt(tokens, i + 1, "(")) names.add(tokens[i].text);
    }
  }
  const reached = new Set<number>([-1]);
  for (const owner of reached) {
    for (const name of calls.get(owner) ?? []) for (const at of functions.get(name) ?? []) reached.add(at);
  }
  return reached;
}

/** Whether a function or class has a decorator, which may do anything with it. */
export function isDecorated(statements: readonly Statement[], at: number): boolean {
  const before = statements[at - 1];
  return before !== undefined && before.parent === statements[at].parent && isAt(before.tokens, 0, "@");
}
