/**
 * A file of settings in TOML.
 *
 * @module
 */

import { parse, TomlError } from "smol-toml";
import type { Problem } from "../errors.ts";
import { placeIn, scanToml, type TomlPlaces } from "./toml_scan.ts";
import type { At, Pair, Tree } from "./tree.ts";

/** Deeper than any file of settings. */
const MAX_DEPTH = 20;

/** Reads a TOML text; what is wrong with it is told, never thrown. */
export function tomlTree(text: string, file: string): Tree {
  try {
    const table = parse(text, { maxDepth: MAX_DEPTH });
    const found = scanToml(text);
    return { pairs: pairsOf(table, [], (path) => placesOf(path, text, found)), problems: [] };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { pairs: [], problems: [syntax(error, file)] };
  }
}

function syntax({ message, line, column }: TomlError, file: string): Problem {
  // The rest of the message quotes the file, which may hold what nobody should see.
  const what = message.split("\n")[0].replace(/^Invalid TOML document: /, "");
  const hint = "check this line and the one above it";
  return { level: "error", code: "toml-syntax", message: `Not valid TOML: ${what}`, hint, file, line, column };
}

type Places = { readonly keyAt: At; readonly at: At };

function pairsOf(table: object, above: readonly string[], placesOf: (path: readonly string[]) => Places): Pair[] {
  return Object.entries(table).map(([key, value]): Pair => {
    const path = [...above, key];
    const shared = { key, ...placesOf(path) };
    return isTable(value) ? { ...shared, pairs: pairsOf(value, path, placesOf) } : { ...shared, value };
  });
}

function isTable(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** Where a path is written; what stands in an inline table, where that begins. */
function placesOf(path: readonly string[], text: string, { keys, tables }: TomlPlaces): Places {
  const key = keys.find((it) => isSame(it.path, path)) ?? keys.find((it) => isBelow(path, it.path)) ??
    keys.find((it) => isBelow(it.path, path));
  const table = tables.find((it) => isSame(it.path, path));
  const start = table?.start ?? key?.start ?? 0;
  const isOwn = table === undefined && key !== undefined && key.path.length <= path.length;
  return { keyAt: placeIn(text, start), at: placeIn(text, isOwn ? key.valueStart : start) };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && isBelow(a, b);
}

/** Whether `path` is `top` or below it. */
function isBelow(path: readonly string[], top: readonly string[]): boolean {
  return top.every((part, at) => path[at] === part);
}
