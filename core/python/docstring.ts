/**
 * The docstring of a Python module, found by reading.
 *
 * @module
 */

import { PythonSource, type Token } from "./source.ts";
import { decodeString } from "./string.ts";

/**
 * The docstring of a module with its indentation removed, as Python's `inspect.getdoc` shows it; `undefined` if its first
 * statement is no text. Bytes and formatted texts are no docstrings; brackets and neighbours (`"a" "b"`) are seen through.
 */
export function readDocstring(text: string): string | undefined {
  const source = new PythonSource(text);
  let token = source.next();
  let brackets = 0;
  for (; token.kind === "newline" || isOperator(token, "("); token = source.next()) {
    if (token.kind === "operator") brackets++;
  }
  const literals: string[] = [];
  for (; token.kind === "string" || (brackets > 0 && isOperator(token, ")")); token = source.next()) {
    if (token.kind === "string") literals.push(token.text);
    else brackets--;
  }
  const ends = token.kind === "newline" || token.kind === "end" || isOperator(token, ";");
  return ends && brackets === 0 && literals.length > 0 ? join(literals) : undefined;
}

function isOperator(token: Token, text: string): boolean {
  return token.kind === "operator" && token.text === text;
}

function join(literals: readonly string[]): string | undefined {
  let whole = "";
  for (const literal of literals) {
    const { prefix, value } = decodeString(literal);
    if (value === undefined || /[bft]/.test(prefix)) return undefined;
    whole += value;
  }
  return cleanDocstring(whole);
}

/** Python's docstring cleaning: tabs to 8, the first line on its own, the common margin of the others away. */
export function cleanDocstring(text: string): string {
  const lines = expandTabs(text).split("\n");
  const margin = lines.slice(1).reduce((least, line) => Math.min(least, contentStart(line)), Infinity);
  const cleaned = lines.map((line, i) => i === 0 ? line.trimStart() : line.slice(margin === Infinity ? 0 : margin));
  let [first, last] = [0, cleaned.length];
  while (last > first && cleaned[last - 1] === "") last--;
  while (first < last && cleaned[first] === "") first++;
  return cleaned.slice(first, last).join("\n");
}

/** Column of the first character; Infinity for a line that is blank. */
function contentStart(line: string): number {
  const rest = line.trimStart().length;
  return rest === 0 ? Infinity : line.length - rest;
}

function expandTabs(text: string): string {
  if (!text.includes("\t")) return text;
  let column = 0;
  let expanded = "";
  for (const char of text) {
    const width = char === "\t" ? 8 - (column % 8) : 1;
    expanded += char === "\t" ? " ".repeat(width) : char;
    column = char === "\n" || char === "\r" ? 0 : column + width;
  }
  return expanded;
}
