/**
 * The `data` section, with the older `variables`, and the containers that entries lie in.
 *
 * @module
 */

import type { Problem, YamlPath } from "../../errors.ts";
import type { DataEntry } from "../pipeline.ts";
import { didYouMean, isScalar, note, type Place, Section, show } from "./section.ts";
import { pyStr, type Value } from "../../yaml/value.ts";

const KEYS: ReadonlySet<string> = new Set([
  "path",
  "type",
  "name",
  "description",
  "pattern",
  "nested_in",
  "allow_outside_pipeline",
]);

/** Names of a circle that a message lists before it says `...`. */
const CIRCLE_SHOWN = 8;

/** All entries by key, in file order; `variables` come first as in older files, and `data` wins over them. */
export function parseData(top: Section): ReadonlyMap<string, DataEntry> {
  const entries = new Map<string, DataEntry>();
  addVariables(top, entries);
  const data = top.section("data");
  if (data !== undefined) addEntries(data, entries);
  checkContainers(entries, top.problems);
  return entries;
}

function addVariables(top: Section, entries: Map<string, DataEntry>): void {
  const variables = top.section("variables");
  if (variables === undefined || variables.values.size === 0) return;
  const hint = "move its entries to 'data'";
  top.warn({
    code: "deprecated",
    message: "section 'variables' is deprecated",
    hint,
    under: ["variables"],
    atKey: true,
  });
  addEntries(variables, entries);
}

function addEntries(section: Section, entries: Map<string, DataEntry>): void {
  const [top] = section.place.at;
  for (const [key, value] of section.entries()) {
    entries.set(key, parseEntry(key, value, { at: [top, key], problems: section.problems }));
  }
}

function parseEntry(
  key: string,
  value: Value,
  { at, problems }: { readonly at: YamlPath; readonly problems: Problem[] },
): DataEntry {
  if (typeof value === "string") return plainEntry(key, value, at);
  if (value === null) return plainEntry(key, "", at);
  if (value instanceof Map) return mapEntry(key, new Section(value, placeOf(key, at), problems));
  if (isScalar(value)) return plainEntry(key, pyStr(value), at);
  note(problems, placeOf(key, at), { code: "not-a-text", message: `must be a path or a map, not ${show(value)}` });
  return plainEntry(key, "", at);
}

/** What is absent is an `undefined` field: one shape for all entries keeps reading 10,000 of them fast. */
function mapEntry(key: string, entry: Section): DataEntry {
  entry.checkKeys(KEYS);
  return {
    key,
    path: entry.text("path") ?? "",
    type: entry.text("type") || undefined,
    label: entry.text("name") || undefined,
    description: entry.text("description") || undefined,
    pattern: entry.text("pattern") || undefined,
    nestedIn: containerOf(entry) || undefined,
    allowOutside: entry.flag("allow_outside_pipeline"),
    at: entry.place.at,
  };
}

function plainEntry(key: string, path: string, at: YamlPath): DataEntry {
  return {
    key,
    path,
    type: undefined,
    label: undefined,
    description: undefined,
    pattern: undefined,
    nestedIn: undefined,
    allowOutside: false,
    at,
  };
}

function containerOf(entry: Section): string | undefined {
  const value = entry.get("nested_in");
  if (typeof value === "string") return value.replace(/^\$+/, "");
  if (value !== undefined) entry.mismatch("nested_in", "a $reference to a data entry", { code: "not-a-text" });
  return undefined;
}

/** Containers that are unknown, an entry's own self, or that lie in each other are taken out, with an error each. */
function checkContainers(entries: Map<string, DataEntry>, problems: Problem[]): void {
  for (const entry of entries.values()) {
    const problem = containerProblem(entry, entries);
    if (problem !== undefined) breakChain(entry, problem, { entries, problems });
  }
  for (const entry of cycleClosers(entries)) {
    const hint = "let one of them stand on its own";
    const message = `nested_in '$${entry.nestedIn}' makes a circle: ${circleText(entry, entries)}`;
    breakChain(entry, { code: "nested-in-cycle", message, hint }, { entries, problems });
  }
}

function containerProblem(entry: DataEntry, entries: ReadonlyMap<string, DataEntry>) {
  const { key, nestedIn } = entry;
  if (nestedIn === undefined) return undefined;
  if (nestedIn === key) return { code: "nested-in-itself", message: "nested_in names the entry itself" };
  if (entries.has(nestedIn)) return undefined;
  const message = `nested_in '$${nestedIn}' is no data entry`;
  return { code: "unknown-container", message, hint: didYouMean(nestedIn, entries.keys()) };
}

/** The last entry of each circle, seen from the first in the file: every entry is walked over once. */
function cycleClosers(entries: ReadonlyMap<string, DataEntry>): readonly DataEntry[] {
  const walkOf = new Map<string, string>();
  const closers: DataEntry[] = [];
  for (const start of entries.keys()) {
    let entry = entries.get(start);
    while (entry?.nestedIn !== undefined && !walkOf.has(entry.key)) {
      walkOf.set(entry.key, start);
      if (walkOf.get(entry.nestedIn) === start) closers.push(entry);
      entry = entries.get(entry.nestedIn);
    }
  }
  return closers;
}

function circleText(closer: DataEntry, entries: ReadonlyMap<string, DataEntry>): string {
  const names = [closer.key];
  for (let key = closer.nestedIn; key !== undefined && key !== closer.key; key = entries.get(key)?.nestedIn) {
    names.push(names.length < CIRCLE_SHOWN ? key : "...");
    if (names.length > CIRCLE_SHOWN) break;
  }
  return [...names, closer.key].join(" in ");
}

function breakChain(
  entry: DataEntry,
  finding: { readonly code: string; readonly message: string; readonly hint?: string },
  { entries, problems }: { readonly entries: Map<string, DataEntry>; readonly problems: Problem[] },
): void {
  note(problems, placeOf(entry.key, entry.at), { ...finding, under: ["nested_in"] });
  entries.set(entry.key, { ...entry, nestedIn: undefined });
}

function placeOf(key: string, at: YamlPath): Place {
  return { at, label: `Data entry '${key}'` };
}
