/**
 * Paths as people write them: `steps.train.args.--lr`, `pipeline[2].name`, `steps."my step".task`.
 *
 * @module
 */

import { LoomError, type YamlPath } from "../../errors.ts";

const WORD = /^[^\s."'\[\]]+$/;
const PART = /\[(\d+)\]|"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^."'\[\]]+)/y;

/**
 * The parts of a path. Parts are separated by dots; one in quotes may hold anything; `[2]` is the third item of a list.
 *
 * @throws {LoomError} `usage` if it is no path.
 */
export function parsePath(text: string): YamlPath {
  const parts: (string | number)[] = [];
  let at = 0;
  while (at < text.length || parts.length === 0) {
    if (parts.length > 0 && text[at] === ".") at++;
    else if (parts.length > 0 && text[at] !== "[") throw noPath(text, at);
    PART.lastIndex = at;
    const match = PART.exec(text);
    if (match === null) throw noPath(text, at);
    parts.push(partOf(match, text));
    at = PART.lastIndex;
  }
  return parts;
}

function partOf([, index, double, single, word]: RegExpExecArray, text: string): string | number {
  if (index !== undefined) return Number(index);
  if (single !== undefined) return single.replaceAll("''", "'");
  if (double === undefined) return word;
  try {
    return JSON.parse(`"${double}"`);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw noPath(text, text.indexOf(double));
  }
}

function noPath(text: string, at: number): LoomError {
  const message = `Cannot read the path '${text}' at column ${at + 1}`;
  const hint = `write it like steps.train.args.--lr or pipeline[0].name, with quotes around names that hold dots`;
  return new LoomError("usage", message, { hint, data: { path: text, column: at + 1 } });
}

/** A path as people write it. */
export function pathText(path: YamlPath): string {
  return path.map((part, index) => {
    if (typeof part === "number") return `[${part}]`;
    const shown = WORD.test(part) ? part : JSON.stringify(part);
    return index === 0 ? shown : `.${shown}`;
  }).join("");
}
