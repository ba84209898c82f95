/**
 * What a pipeline file holds and where, without judging it: a file that is being edited may be half wrong.
 *
 * @module
 */

import type { YamlPath } from "../../errors.ts";
import { pyStr, type Value } from "../../yaml/value.ts";

/** A map of the file. */
export type ValueMap = ReadonlyMap<Value, Value>;

/** A group written as a block. */
export interface BlockPlace {
  readonly at: YamlPath;
  readonly name: string;
  readonly map: ValueMap;
  readonly isRepeated: boolean;
  readonly steps: readonly StepPlace[];
}

/** A step. */
export interface StepPlace {
  readonly at: YamlPath;
  readonly name?: string;
  readonly map: ValueMap;
  /** The block that it stands in. */
  readonly block?: Pick<BlockPlace, "at" | "name" | "isRepeated" | "map">;
}

/** Everything in `pipeline`, in file order. */
export interface Places {
  readonly steps: readonly StepPlace[];
  readonly blocks: readonly BlockPlace[];
}

/** A map, or nothing. */
export function mapAt(owner: Value | undefined, key: string): ValueMap | undefined {
  const value = owner instanceof Map ? owner.get(key) : undefined;
  return value instanceof Map ? value : undefined;
}

/** Keys and values, keys as text. */
export function pairsOf(map: ValueMap | undefined): readonly (readonly [string, Value])[] {
  return map === undefined ? [] : Array.from(map, ([key, value]) => [keyText(key), value] as const);
}

/** A key as problems and paths show it. */
export function keyText(key: Value): string {
  return typeof key === "string" ? key : pyStr(key);
}

/** The items of a list, or nothing. */
export function itemsOf(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : [];
}

const known = new WeakMap<object, Places>();

/** The steps and groups of a file. */
export function placesOf(root: Value): Places {
  if (!(root instanceof Map)) return { steps: [], blocks: [] };
  let places = known.get(root);
  if (places === undefined) known.set(root, places = readPlaces(root));
  return places;
}

function readPlaces(root: ValueMap): Places {
  const steps: StepPlace[] = [];
  const blocks: BlockPlace[] = [];
  for (const [index, entry] of itemsOf(root.get("pipeline")).entries()) {
    if (!(entry instanceof Map)) continue;
    const at = ["pipeline", index];
    if (!isBlock(entry)) {
      steps.push({ at, name: nameOf(entry, "name"), map: entry });
      continue;
    }
    const block = readBlock(entry, at);
    blocks.push(block);
    steps.push(...block.steps);
  }
  return { steps, blocks };
}

function readBlock(map: ValueMap, at: YamlPath): BlockPlace {
  const head = { at, name: nameOf(map, "group") ?? "", map, isRepeated: (map.get("multi_pass") ?? null) !== null };
  const steps = itemsOf(map.get("steps")).flatMap((step, index): StepPlace[] =>
    step instanceof Map ? [{ at: [...at, "steps", index], name: nameOf(step, "name"), map: step, block: head }] : []
  );
  return { ...head, steps };
}

/** As the parser of pipelines has it: both keys, or `steps` and nothing that a step has. */
function isBlock(entry: ValueMap): boolean {
  if (!entry.has("steps")) return false;
  return (entry.get("group") ?? null) !== null || !["name", "task", "script", "kind"].some((key) => entry.has(key));
}

function nameOf(map: ValueMap, key: string): string | undefined {
  const value = map.get(key) ?? null;
  if (value === null || value instanceof Map || Array.isArray(value)) return undefined;
  return typeof value === "string" ? value : pyStr(value);
}

/** Names of data entries, those of the older section `variables` too. */
export function dataNames(root: Value): ReadonlySet<string> {
  return new Set([...pairsOf(mapAt(root, "variables")), ...pairsOf(mapAt(root, "data"))].map(([name]) => name));
}

/** Names of parameters. */
export function parameterNames(root: Value): ReadonlySet<string> {
  return new Set(pairsOf(mapAt(root, "parameters")).map(([name]) => name));
}

/** Names that iterations of a group give values to. */
export function iterationNames(block: Pick<BlockPlace, "map">): ReadonlySet<string> {
  const settings = mapAt(block.map, "multi_pass");
  const scheduled = itemsOf(settings?.get("schedule")).flatMap((item) => item instanceof Map ? pairsOf(item) : []);
  return new Set([...scheduled, ...pairsOf(mapAt(settings, "expressions"))].map(([name]) => name));
}

/** The path as people write it, steps by their names. */
export function shownPath(root: Value, at: YamlPath): YamlPath {
  const { steps, blocks } = placesOf(root);
  const isWithin = (place: { readonly at: YamlPath }) => place.at.every((part, index) => at[index] === part);
  if (at[0] !== "pipeline" || at.length < 2) return at;
  const step = steps.findLast((place) => place.name !== undefined && isWithin(place));
  if (step !== undefined && steps.filter(({ name }) => name === step.name).length === 1) {
    return ["steps", step.name!, ...at.slice(step.at.length)];
  }
  const block = blocks.find(isWithin);
  if (block === undefined || blocks.filter(({ name }) => name === block.name).length !== 1) return at;
  return ["groups", block.name, ...at.slice(block.at.length)];
}
