/**
 * Whether a call of `parse_args` reads the words of the command.
 *
 * @module
 */

import { functionOf, nameOf, type Statement } from "./argparse_lines.ts";
import { assignedAt, callArguments, closingOf, isAt, type Tokens } from "./argparse_tokens.ts";

const ALL_WORDS = "sys . argv [ 1 : ]";

/** Whether what stands in the brackets of `parse_args(…)` is nothing, or the words of the command. */
export function readsCommand(inside: Tokens, statements: readonly Statement[], at: number): boolean {
  const [given, ...more] = callArguments(inside);
  if (given === undefined) return true;
  if (more.length > 0 || given.isStarred || (given.name !== undefined && given.name !== "args")) return false;
  if (isCommand(given.value)) return true;
  const [name] = given.value;
  return given.value.length === 1 && name.kind === "name" && isPassedOn(name.text, statements, at);
}

function isCommand(tokens: Tokens): boolean {
  const text = tokens.map((token) => token.text).join(" ");
  return text === ALL_WORDS || text === "None";
}

/** Whether `name` is a parameter of the function around, which nobody gives or makes anything but the words. */
function isPassedOn(name: string, statements: readonly Statement[], at: number): boolean {
  const owner = functionOf(statements, at);
  if (owner < 0 || !parametersOf(statements[owner]).includes(name)) return false;
  return statements.every((statement, i) =>
    isHarmlessCall(statement.tokens, nameOf(statements[owner])) &&
    (functionOf(statements, i) !== owner || isHarmlessUse(statement.tokens, name))
  );
}

function parametersOf({ tokens }: Statement): readonly string[] {
  const open = tokens.findIndex(({ text }) => text === "(");
  const inside = callArguments(tokens.slice(open + 1, closingOf(tokens, open)));
  return inside.map(({ name, value }) => name ?? value[0]?.text ?? "");
}

function isHarmlessCall(tokens: Tokens, callee: string): boolean {
  for (let i = 0; i + 1 < tokens.length; i++) {
    if (tokens[i].text !== callee || !isAt(tokens, i + 1, "(") || isAt(tokens, i - 1, "def")) continue;
    const given = callArguments(tokens.slice(i + 2, closingOf(tokens, i + 1)));
    if (!given.every(({ isStarred, value }) => !isStarred && isCommand(value))) return false;
  }
  return true;
}

/** It is looked at, handed to the parser, or made the words of the command where it was nothing. */
function isHarmlessUse(tokens: Tokens, name: string): boolean {
  const assigned = assignedAt(tokens);
  return tokens.every((token, i) => {
    if (token.kind !== "name" || token.text !== name || isAt(tokens, i - 1, ".")) return true;
    if (i < assigned - 1) return i === 0 && assigned === 2 && isChoice(tokens.slice(assigned), name);
    if (isAt(tokens, i - 1, "(") || isAt(tokens, i - 1, "=")) {
      return assigned > 0 ? true : ["parse_args", "parse_known_args", "len"].includes(tokens[i - 2]?.text ?? "");
    }
    return isAt(tokens, i + 1, "is") || isAt(tokens, i - 1, "else") || isAt(tokens, i - 1, "if") ||
      isAt(tokens, i - 1, "not");
  });
}

/** `argv or sys.argv[1:]`, `sys.argv[1:] if argv is None else argv` and their like. */
function isChoice(tokens: Tokens, name: string): boolean {
  const rest = tokens.map(({ text }) => text).join(" ").replace(ALL_WORDS, "");
  return rest.split(" ").every((word) => word === "" || word === name || /^(or|if|is|not|None|else)$/.test(word));
}
