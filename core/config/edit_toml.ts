/**
 * Where a setting goes in a TOML text.
 *
 * @module
 */

import { appended, insertedAfter, insertedBefore, numberText, quotedText, type Splice } from "./edit.ts";
import { scanToml, type TomlPlaces } from "./toml_scan.ts";

/** As `editYaml`, for a text that was read before and is TOML. */
export function editToml(text: string, path: readonly string[], value: unknown): Splice | undefined {
  const places = scanToml(text);
  const there = places.keys.find((key) => key.path.join("\0") === path.join("\0"));
  const written = tomlText(value);
  if (there !== undefined) return { start: there.valueStart, end: there.valueEnd, text: written };
  return path.length === 1 ? atTop(text, places, `${path[0]} = ${written}`) : inTable(text, places, path, written);
}

/** Pairs of no table stand before the first header. */
function atTop(text: string, { keys, tables }: TomlPlaces, line: string): Splice {
  if (tables.length === 0) return appended(text, [line]);
  const last = keys.findLast((key) => key.start < tables[0].start);
  return last === undefined
    ? insertedBefore(text, commentAbove(text, tables[0].start), line)
    : insertedAfter(text, last.valueEnd, line);
}

function inTable(
  text: string,
  { keys, tables }: TomlPlaces,
  path: readonly string[],
  value: string,
): Splice | undefined {
  const [head, rest] = path;
  const table = tables.find((it) => it.path.length === 1 && it.path[0] === head);
  if (table !== undefined) return insertedAfter(text, table.start, `${rest} = ${value}`);
  const sibling = keys.find((key) => key.path[0] === head);
  if (sibling === undefined) return appended(text, [`[${head}]`, `${rest} = ${value}`]);
  // A table in braces holds all that it will ever hold.
  return sibling.path.length === 1 ? undefined : insertedBefore(text, sibling.start, `${head}.${rest} = ${value}`);
}

/** Where the comment begins that stands directly above a line. */
function commentAbove(text: string, offset: number): number {
  let start = text.lastIndexOf("\n", offset - 1) + 1;
  while (start > 0) {
    const above = text.lastIndexOf("\n", start - 2) + 1;
    if (text[above] !== "#") break;
    start = above;
  }
  return start;
}

function tomlText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(tomlText).join(", ")}]`;
  return typeof value === "string" ? quotedText(value) : numberText(value as number);
}
