/**
 * Lists and maps with explicit tags, and merge keys.
 *
 * @module
 */

import { Tuple, type Value, ValueSet } from "./value_types.ts";
import { Dict } from "./dict.ts";
import { YamlFault } from "./fault.ts";

const CORE = "tag:yaml.org,2002:";

/** What a map is under its tag: a map, or with `!!set` a set. */
export function taggedMap(map: ReadonlyMap<Value, Value>, tag: string | undefined): Value {
  if (tag === undefined || tag === "!" || tag === `${CORE}map`) return map;
  if (tag === `${CORE}set`) return new ValueSet(Array.from(map.keys(), (key) => [key, null]));
  throw unfit(tag, "a map");
}

/** What a list is under its tag: a list, or with `!!omap` and `!!pairs` a list of pairs. */
export function taggedList(list: readonly Value[], tag: string | undefined): Value {
  if (tag === undefined || tag === "!" || tag === `${CORE}seq`) return list;
  if (tag === `${CORE}omap` || tag === `${CORE}pairs`) return list.map(pair);
  throw unfit(tag, "a list");
}

/** The fault of a tag that does not go with what it stands before. */
export function unfit(tag: string, what: string): YamlFault {
  const shown = tag.startsWith(CORE) ? `!!${tag.slice(CORE.length)}` : tag;
  return new YamlFault(`The tag ${shown} does not fit ${what}`, "remove the tag");
}

function pair(item: Value): Value {
  if (!(item instanceof Map) || item.size !== 1) {
    throw new YamlFault("An entry of !!omap or !!pairs is not a map of one pair", "write each entry as - key: value");
  }
  const [[key, value]] = item as ReadonlyMap<Value, Value>;
  return Tuple.from<Value>([key, value]);
}

/**
 * A map with what its `<<` keys bring in: merged pairs come first, later `<<` win over earlier ones, in a list of maps
 * the first one wins, and the map's own pairs win over all.
 *
 * @throws {YamlFault} If something merged is no map.
 */
export function merged(own: ReadonlyMap<Value, Value>, sources: readonly Value[]): ReadonlyMap<Value, Value> {
  const result = new Dict();
  for (const source of sources) {
    const maps = Array.isArray(source) ? source.toReversed() : [source];
    for (const map of maps) addAll(result, map);
  }
  addAll(result, own);
  return result.map;
}

function addAll(result: Dict, map: Value): void {
  if (!(map instanceof Map)) {
    throw new YamlFault("The merge key << needs a map or a list of maps", "refer to a map, as in <<: *name");
  }
  for (const [key, value] of map as ReadonlyMap<Value, Value>) result.set(key, value);
}
