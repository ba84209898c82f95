/**
 * Where a setting goes in a YAML text.
 *
 * @module
 */

import { EVENT_ID, SCALAR_STYLE } from "js-yaml";
import { parse, type Parsed } from "../yaml/events.ts";
import { type PlacedEntry, positionTree } from "../yaml/position_tree.ts";
import { appended, insertedAfter, insertedBefore, numberText, quotedText, type Splice } from "./edit.ts";
import { yamlTree } from "./yaml_tree.ts";

/** A list in brackets on one line, as it is written here. */
const ONE_LINE_LIST = /\[(?:[^[\]{}"'#\r\n]|"(?:[^"\\\r\n]|\\.)*")*\]/y;

/**
 * The change that sets `path` (one name, or a map's and one in it) to `value`; `undefined` if what is there is written
 * in a way that is left to its author.
 */
export function editYaml(text: string, path: readonly string[], value: unknown): Splice | undefined {
  const parsed = parse(text);
  if (parsed.indents.size > 0) return undefined;
  const shift = text.length - parsed.text.length;
  const splice = place(parsed, path, yamlText(value));
  return splice && { ...splice, start: splice.start + shift, end: splice.end + shift };
}

function place(parsed: Parsed, [head, rest]: readonly string[], value: string): Splice | undefined {
  const { text } = parsed;
  const root = positionTree(text, parsed.events);
  const entry = root?.entries?.get(head);
  const indent = " ".repeat(root?.entries === undefined ? 0 : columnOf(text, firstKey(root.entries) ?? 0));
  if (entry === undefined) {
    const lines = rest === undefined ? [`${head}: ${value}`] : [`${head}:`, `  ${rest}: ${value}`];
    return appended(text, lines.map((line) => indent + line));
  }
  if (rest === undefined) return replaced(parsed, entry, value);
  const inner = entry.node.entries?.get(rest);
  return inner === undefined ? added(text, entry, `${rest}: ${value}`) : replaced(parsed, inner, value);
}

function replaced({ text, events }: Parsed, { keyStart, node }: PlacedEntry, value: string): Splice | undefined {
  if (node.start < 0) return afterColon(text, keyStart, ` ${value}`);
  ONE_LINE_LIST.lastIndex = node.start;
  const list = ONE_LINE_LIST.exec(text);
  if (list !== null) return { start: node.start, end: ONE_LINE_LIST.lastIndex, text: value };
  for (const event of events) {
    if (event.type !== EVENT_ID.SCALAR || event.valueStart < 0) continue;
    const quote = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED ? 1 : 0;
    const isPlain = quote === 1 || event.style === SCALAR_STYLE.PLAIN;
    if (!isPlain || event.valueStart - quote !== node.start) continue;
    return { start: node.start, end: event.valueEnd + quote, text: value };
  }
  return undefined;
}

/** A pair put into the map of an entry. */
function added(text: string, { keyStart, node }: PlacedEntry, pair: string): Splice | undefined {
  if (node.start < 0) return insertedAfter(text, keyStart, " ".repeat(columnOf(text, keyStart) + 2) + pair);
  if (node.entries === undefined) return undefined;
  const first = firstKey(node.entries);
  if (text[node.start] === "{") {
    const start = node.start + 1;
    return { start, end: start, text: first === undefined ? pair : `${pair}, ` };
  }
  return first === undefined ? undefined : insertedBefore(text, first, " ".repeat(columnOf(text, first)) + pair);
}

function afterColon(text: string, keyStart: number, piece: string): Splice | undefined {
  const colon = /:(?=[ \t\r\n]|$)/g;
  colon.lastIndex = keyStart;
  const found = colon.exec(text);
  return found === null ? undefined : { start: found.index + 1, end: found.index + 1, text: piece };
}

function firstKey(entries: ReadonlyMap<string, PlacedEntry>): number | undefined {
  return entries.values().next().value?.keyStart;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}

/** A value as YAML: a word without quotes where it reads as the same text, else in double quotes. */
function yamlText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(yamlText).join(", ")}]`;
  if (typeof value !== "string") return numberText(value as number);
  const isWord = /^[\w./~$-][\w./@~$%+:= -]*$/.test(value) && yamlTree(`x: ${value}`, "").pairs[0]?.value === value;
  return isWord ? value : quotedText(value);
}
