/**
 * What a person's path leads to.
 *
 * @module
 */

import { LoomError, nearest, unknownName, type YamlPath } from "../../errors.ts";
import type { Value } from "../../yaml/value.ts";
import { TOP_KEYS } from "../../graph/parse/keys.ts";
import type { EditPath } from "../wish/edits.ts";
import { parsePath, pathText } from "../wish/path.ts";
import { childOf } from "../source/value_ops.ts";
import { type BlockPlace, itemsOf, keyText, pairsOf, placesOf, shownPath, type StepPlace } from "../parts/places.ts";

/** A place in the file. */
export interface Located {
  readonly at: YamlPath;
  /** What is there, as far as the path leads. */
  readonly value: Value;
  /** Parts that are not there yet. */
  readonly missing: YamlPath;
  readonly step?: StepPlace;
  readonly block?: BlockPlace;
  /** A group of steps that each name it, with no block of its own. */
  readonly group?: string;
}

/**
 * Follows a path as far as it leads.
 *
 * @throws {LoomError} `usage` if it is no path; `unknown-step`, `unknown-group`, `unknown-place`.
 */
export function locate(root: Value, path: EditPath): Located {
  const parts = typeof path === "string" ? parsePath(path) : path;
  const hasOwn = (key: string) => root instanceof Map && root.has(key);
  if (parts[0] === "steps" && parts.length > 1 && !hasOwn("steps")) return locateStep(root, parts);
  if (parts[0] === "groups" && parts.length > 1 && !hasOwn("groups")) return locateGroup(root, parts);
  const found = walk(root, [], parts);
  if (found.at.length === 0 && !TOP_KEYS.has(String(parts[0]))) {
    throw unknownPlace(root, parts, ["steps", "groups", ...TOP_KEYS]);
  }
  return found.missing.length === 0 ? { ...found, ...wholeAt(root, found.at) } : found;
}

/** The step or the group that stands at a path. */
function wholeAt(root: Value, at: YamlPath): Pick<Located, "step" | "block"> {
  if (at[0] !== "pipeline") return {};
  const isHere = (place: { readonly at: YamlPath }) => place.at.join() === at.join();
  const step = placesOf(root).steps.find((place) => isHere(place) && place.name !== undefined);
  return { step, block: placesOf(root).blocks.find(isHere) };
}

/** Refuses a path that leads to nothing. */
export function mustBeThere(root: Value, located: Located): Located {
  if (located.missing.length === 0) return located;
  throw missingPlace(root, located);
}

/** Nothing is where a path leads, though something is where it begins. */
export function missingPlace(root: Value, { at, value, missing }: Located): LoomError {
  return unknownPlace(value, [...shownPath(root, at), ...missing], [], missing);
}

/** The step of this name. */
export function stepNamed(root: Value, name: string): StepPlace {
  const steps = placesOf(root).steps.filter((step) => step.name === name);
  if (steps.length === 1) return steps[0];
  if (steps.length > 1) throw ambiguous(`Several steps are called '${name}'`, steps);
  throw unknownStep(root, name);
}

function unknownStep(root: Value, name: string): LoomError {
  return unknownName("step", name, placesOf(root).steps.flatMap((step) => step.name ?? []));
}

function locateStep(root: Value, parts: YamlPath): Located {
  const named = longestName(parts, (name) => placesOf(root).steps.some((step) => step.name === name));
  if (named === undefined) throw unknownStep(root, String(parts[1]));
  const step = stepNamed(root, named.name);
  return finished(walk(step.map, step.at, named.rest), { step });
}

function locateGroup(root: Value, parts: YamlPath): Located {
  const { steps, blocks } = placesOf(root);
  const flat = steps.flatMap(({ map, block }) =>
    block === undefined && map.get("group") ? [keyText(map.get("group")!)] : []
  );
  const known = [...blocks.map(({ name }) => name), ...flat];
  const named = longestName(parts, (name) => known.includes(name));
  if (named === undefined) throw unknownName("group", String(parts[1]), known);
  const own = blocks.filter(({ name }) => name === named.name);
  if (named.rest.length === 0 && (own.length !== 1 || flat.includes(named.name))) {
    return { at: [], value: null, missing: [], group: named.name };
  }
  if (own.length !== 1) throw ambiguous(`The group '${named.name}' is not one block`, own);
  const [block] = own;
  return finished(walk(block.map, block.at, named.rest), { block });
}

/** Names may hold dots: as few parts of the path as make a name. */
function longestName(parts: YamlPath, isKnown: (name: string) => boolean) {
  for (let end = 2; end <= parts.length; end++) {
    const name = parts.slice(1, end).join(".");
    if (isKnown(name)) return { name, rest: parts.slice(end) };
  }
  return undefined;
}

function finished(located: Located, whole: Pick<Located, "step" | "block">): Located {
  const place = whole.step ?? whole.block!;
  return located.at.length === place.at.length && located.missing.length === 0 ? { ...located, ...whole } : located;
}

function walk(start: Value, from: YamlPath, parts: YamlPath): Located {
  let [value, at, rest] = [start, from, parts];
  while (rest.length > 0) {
    const next = stepInto(value, rest);
    if (next === undefined) break;
    [value, at, rest] = [next.value, [...at, next.part], rest.slice(next.used)];
  }
  return { at, value, missing: rest };
}

/** One part of a path; several, where a key holds dots. */
function stepInto(owner: Value, rest: YamlPath) {
  if (Array.isArray(owner)) {
    const index = typeof rest[0] === "number" ? rest[0] : indexOf(owner, rest[0]);
    return index in owner ? { value: owner[index] as Value, part: index, used: 1 } : undefined;
  }
  for (let used = 1; used <= rest.length; used++) {
    const part = rest.slice(0, used).join(".");
    const value = childOf(owner, part);
    if (value !== undefined) return { value, part, used };
  }
  return undefined;
}

/** A step or a group in a list, by its name; else the text is a number. */
function indexOf(list: readonly Value[], name: string): number {
  const named = list.findIndex((item) =>
    item instanceof Map && (keyText(item.get("name") ?? null) === name || keyText(item.get("group") ?? null) === name)
  );
  return named >= 0 ? named : /^\d+$/.test(name) ? Number(name) : -1;
}

/** Nothing is there; what is near it is told. */
function unknownPlace(
  owner: Value,
  path: YamlPath,
  more: readonly string[] = [],
  missing: YamlPath = path,
): LoomError {
  const names = owner instanceof Map
    ? pairsOf(owner).map(([name]) => name)
    : itemsOf(owner).map((_, index) => `[${index}]`);
  const known = [...new Set([...names, ...more])];
  const near = nearest(String(missing[0]), known);
  const hint = near !== undefined
    ? `did you mean '${near}'?`
    : known.length === 0
    ? "nothing is in there"
    : `there is ${known.slice(0, SHOWN).join(", ")}${known.length > SHOWN ? ", …" : ""}`;
  return new LoomError("unknown-place", `Nothing is at ${pathText(path)}`, {
    hint,
    data: { path: pathText(path), known },
  });
}

const SHOWN = 12;

function ambiguous(message: string, places: readonly { readonly at: YamlPath }[]): LoomError {
  const paths = places.map(({ at }) => pathText(at));
  return new LoomError("ambiguous-place", message, {
    hint: paths.length === 0 ? undefined : `say which: ${paths.join(", ")}`,
    data: { paths },
  });
}
