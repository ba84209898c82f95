/**
 * Where a file names what it holds: `$references`, names without a dollar, names inside other texts.
 *
 * @module
 */

import type { YamlPath } from "../../errors.ts";
import type { Value } from "../../yaml/value.ts";
import { type BlockPlace, itemsOf, iterationNames, mapAt, pairsOf, placesOf, type StepPlace } from "./places.ts";

/** A text that may name something. */
export interface Mention {
  readonly at: YamlPath;
  readonly text: string;
  readonly role: "input" | "output" | "arg";
  /** Where it is used. */
  readonly step?: StepPlace;
  readonly block?: Pick<BlockPlace, "map">;
}

/** Every text that is looked up when the pipeline runs. */
export function mentions(root: Value): readonly Mention[] {
  const { steps, blocks } = placesOf(root);
  return [
    ...steps.flatMap(stepMentions),
    ...blocks.flatMap(blockMentions),
    ...listMentions(mapOf(root), [], "metrics"),
  ];
}

function mapOf(value: Value): ReadonlyMap<Value, Value> {
  return value instanceof Map ? value : new Map();
}

function stepMentions(step: StepPlace): readonly Mention[] {
  const { at, map, block } = step;
  const found = [
    ...within(map, at, "inputs", "input"),
    ...within(map, at, "outputs", "output"),
    ...within(map, at, "args", "arg"),
    ...within(map, at, "loop", "input").filter((it) => ["over", "into"].includes(String(it.at.at(-1)))),
    ...listMentions(map, at, "metrics"),
    ...(map.get("kind") === "switch" ? ["data", "condition"].flatMap((key) => single(map, at, key)) : []),
  ];
  return found.map((mention) => ({ ...mention, step, block }));
}

function blockMentions({ at, map }: BlockPlace): readonly Mention[] {
  const settings = mapAt(map, "multi_pass");
  if (settings === undefined) return [];
  const under = [...at, "multi_pass"];
  const schedule = itemsOf(settings.get("schedule")).flatMap((item, index) =>
    textsOf(item instanceof Map ? item : undefined, [...under, "schedule", index], "arg")
  );
  const stop = mapAt(settings, "condition");
  const asked = stop === undefined ? [] : [
    ...within(stop, [...under, "condition"], "inputs", "input"),
    ...within(stop, [...under, "condition"], "args", "arg"),
  ];
  return [...schedule, ...asked].map((mention) => ({ ...mention, block: { map } }));
}

function within(
  owner: ReadonlyMap<Value, Value>,
  at: YamlPath,
  key: string,
  role: Mention["role"],
): readonly Mention[] {
  return textsOf(mapAt(owner, key), [...at, key], role);
}

function textsOf(map: ReadonlyMap<Value, Value> | undefined, at: YamlPath, role: Mention["role"]): readonly Mention[] {
  return pairsOf(map).flatMap(([name, text]) => typeof text === "string" ? [{ at: [...at, name], text, role }] : []);
}

function single(owner: ReadonlyMap<Value, Value>, at: YamlPath, key: string): readonly Mention[] {
  const text = owner.get(key);
  return typeof text === "string" ? [{ at: [...at, key], text, role: "input" }] : [];
}

function listMentions(owner: ReadonlyMap<Value, Value>, at: YamlPath, key: string): readonly Mention[] {
  const value = owner.get(key);
  if (typeof value === "string") return [{ at: [...at, key], text: value, role: "input" }];
  return itemsOf(value).flatMap((text, index) =>
    typeof text === "string" ? [{ at: [...at, key, index], text, role: "input" as const }] : []
  );
}

/** Whether a mention of this name in a group means the value of an iteration. */
export function isIterationValue({ role, block }: Mention, name: string): boolean {
  return role === "arg" && block !== undefined && iterationNames(block).has(name);
}

/** A text anywhere in the file. */
export interface PlacedText {
  readonly at: YamlPath;
  readonly text: string;
}

/** Every text that reaches a step, for `${name}` under version 2. */
export function allTexts(root: Value): readonly PlacedText[] {
  const found: PlacedText[] = [];
  const open: { readonly value: Value; readonly at: YamlPath }[] = [];
  for (const [key, value] of pairsOf(mapOf(root))) {
    if (key !== "layout" && key !== "editor") open.push({ value, at: [key] });
  }
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, at } = next;
    if (typeof value === "string") found.push({ at, text: value });
    else if (Array.isArray(value)) value.forEach((item, index) => open.push({ value: item, at: [...at, index] }));
    else if (value instanceof Map) {
      for (const [key, item] of pairsOf(value)) open.push({ value: item, at: [...at, key] });
    }
  }
  return found;
}

/** The text with `${from}` made `${to}`; a doubled dollar is one that stands for itself. */
export function renamedInside(text: string, from: string, to: string): string {
  return text.replace(/\$\$|\$\{([^{}]*)\}/g, (whole, name) => name === from ? `\${${to}}` : whole);
}

/** Whether `${name}` is in a text. */
export function isInside(text: string, name: string): boolean {
  return Array.from(text.matchAll(/\$\$|\$\{([^{}]*)\}/g)).some((match) => match[1] === name);
}

/** The names in a condition, with where each starts. Texts in quotes hold none. */
export function namesInCondition(text: string): readonly { readonly name: string; readonly index: number }[] {
  const parts = text.matchAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[\p{L}_][\p{L}\p{N}_]*|[0-9][\p{L}\p{N}_.]*/gu);
  return Array.from(parts).filter(([part]) => /^[\p{L}_]/u.test(part)).map(({ 0: name, index }) => ({ name, index }));
}
