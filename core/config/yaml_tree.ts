/**
 * A file of settings in YAML.
 *
 * @module
 */

import { isLoomError, type Problem } from "../errors.ts";
import { parse, places } from "../yaml/events.ts";
import { type PlacedNode, positionTree } from "../yaml/position_tree.ts";
import { readYaml } from "../yaml/read.ts";
import { Float, pyStr, Timestamp, type Value } from "../yaml/value.ts";
import type { At, Pair, Tree } from "./tree.ts";

/** Reads a YAML text; what is wrong with it is told, never thrown. */
export function yamlTree(text: string, file: string): Tree {
  try {
    const { value, problems } = readYaml(text, file);
    if (value === null) return { pairs: [], problems };
    if (!(value instanceof Map)) return { pairs: [], problems: [...problems, noMap(file)] };
    const parsed = parse(text);
    const root = positionTree(parsed.text, parsed.events);
    const placeOf = places(parsed);
    return { pairs: pairsOf(value, root, (offset) => placeOf(Math.max(0, offset))), problems };
  } catch (error) {
    if (!isLoomError(error)) throw error;
    return { pairs: [], problems: error.problems };
  }
}

function noMap(file: string): Problem {
  const hint = "write one setting a line, as key: value";
  return {
    level: "error",
    code: "config-invalid",
    message: "The file holds no settings",
    hint,
    file,
    line: 1,
    column: 1,
  };
}

function pairsOf(
  map: ReadonlyMap<Value, Value>,
  node: PlacedNode | undefined,
  placeOf: (offset: number) => At,
): Pair[] {
  return Array.from(map, ([name, value]): Pair => {
    const key = pyStr(name);
    const entry = node?.entries?.get(key);
    // What a merge brings in is placed at the map that merges it.
    const keyStart = entry?.keyStart ?? node?.start ?? 0;
    const start = entry === undefined || entry.node.start < 0 ? keyStart : entry.node.start;
    const shared = { key, keyAt: placeOf(keyStart), at: placeOf(start) };
    if (value instanceof Map) return { ...shared, pairs: pairsOf(value, entry?.node, placeOf) };
    return { ...shared, value: plain(value) };
  });
}

/** Numbers, texts and lists of them as they are in any file; what only YAML has stays what it is and fits no setting. */
function plain(value: Value): unknown {
  if (value instanceof Float) return value.value;
  if (value instanceof Timestamp) return value.text;
  return Array.isArray(value) ? value.map(plain) : value;
}
