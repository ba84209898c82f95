/**
 * Where a script makes its parser, and with which settings.
 *
 * @module
 */

import type { Statement } from "./argparse_lines.ts";
import type { SourceNames } from "./argparse_names.ts";
import { assignedAt, callArguments, closingOf, isAt, type Tokens } from "./argparse_tokens.ts";
import { staticValue } from "./argparse_values.ts";

/** The texts that make a parser in this source, such as `argparse.ArgumentParser`. */
export function makersOf(statements: readonly Statement[]): ReadonlySet<string> {
  const makers = new Set<string>();
  for (const { tokens } of statements) {
    const text = tokens.map((token) => token.text).join(" ");
    const alias = /^import (?:.* , )?argparse(?: as (\w+))?(?: ,|$)/.exec(text);
    if (alias !== null) makers.add(`${alias[1] ?? "argparse"}.ArgumentParser`);
    const name = /^from argparse import .*?\bArgumentParser(?: as (\w+))?(?: |$)/.exec(text);
    if (name !== null) makers.add(name[1] ?? "ArgumentParser");
  }
  return makers;
}

/** How often a parser is made, or the class is used for something else. */
export function countMakers(statements: readonly Statement[], makers: ReadonlySet<string>): number {
  let count = 0;
  for (const { tokens } of statements) {
    if (tokens[0].text === "import" || tokens[0].text === "from") continue;
    for (let i = 0; i < tokens.length; i++) {
      const isMember = isAt(tokens, i + 1, ".") && makers.has(`${tokens[i].text}.${tokens[i + 2]?.text}`);
      if (!isMember && !(makers.has(tokens[i].text) && tokens[i].kind === "name")) continue;
      // `parser: argparse.ArgumentParser` and `-> ArgumentParser` only tell what something is.
      if (!isAt(tokens, i - 1, ":") && !isAt(tokens, i - 1, "->")) count++;
    }
  }
  return count;
}

/** Whether a statement is `name = ArgumentParser(…)`, and nothing else. */
export function isCreation(tokens: Tokens, makers: ReadonlySet<string>): boolean {
  const at = assignedAt(tokens);
  if (at < 2 || tokens[0].kind !== "name" || !(isAt(tokens, 1, "=") ? at === 2 : isAt(tokens, 1, ":"))) return false;
  const open = tokens.findIndex(({ text, kind }, i) => i >= at && kind === "operator" && text === "(");
  const callee = tokens.slice(at, open).map(({ text }) => text).join("");
  return open > at && makers.has(callee) && closingOf(tokens, open) === tokens.length - 1;
}

/** What the parser is told when it is made. */
export interface ParserSettings {
  readonly hasHelp: boolean;
  readonly allowAbbrev: boolean;
  readonly description?: string;
  readonly reason?: string;
}

// These say how help looks, and where defaults come from: nothing about which words are right.
const WORDS_ONLY = new Set("prog usage description epilog formatter_class argument_default color".split(" "));

/** Settings of the parser that a statement makes. */
export function settingsOf({ tokens }: Statement, names: SourceNames, at: number): ParserSettings {
  const open = tokens.findIndex(({ text, kind }, i) => i >= assignedAt(tokens) && kind === "operator" && text === "(");
  const known = (value: Tokens) => staticValue(value, (name) => names.constant(name, at));
  let settings: { -readonly [K in keyof ParserSettings]: ParserSettings[K] } = { hasHelp: true, allowAbbrev: true };
  for (const { name, isStarred, value } of callArguments(tokens.slice(open + 1, -1))) {
    const given = known(value);
    if (name === "description" && typeof given === "string") settings.description = given;
    if (name === "add_help" && typeof given === "boolean") settings = { ...settings, hasHelp: given };
    else if (name === "allow_abbrev" && typeof given === "boolean") settings = { ...settings, allowAbbrev: given };
    else if (isStarred || (name !== undefined && !WORDS_ONLY.has(name))) {
      settings.reason = `its parser is made with ${name === undefined ? "settings" : `'${name}'`} of its own`;
    } else if (name === undefined) settings.reason = "its parser is made with settings of its own";
  }
  return settings;
}
