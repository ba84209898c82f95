import { complaint } from "../graph/unresolved.ts";
import { Places } from "../graph/places.ts";
import type { DataEntry, Pipeline, Step } from "../graph/pipeline.ts";
import { isFound, type Resolved, resolveData, resolvePath } from "../graph/resolve.ts";
import { collapsePath } from "../paths.ts";
import { expandPlaceholder } from "../run/fresh/placeholder.ts";
import type { Outside } from "./opened.ts";

/** Where something is: a path, an address, or nowhere, and why. */
export type Located =
  /** `key`: the data entry that it came from. */
  | { readonly kind: "path"; readonly path: string; readonly key?: string }
  | { readonly kind: "url"; readonly url: string; readonly key?: string }
  | { readonly kind: "nowhere"; readonly code: string; readonly message: string; readonly hint?: string };

/** What is at a path now. */
export interface PathFact {
  readonly state: "exists" | "missing";
  readonly kind?: "file" | "folder" | "other";
  readonly sizeBytes?: number;
  readonly mtimeMs?: number;
  /** How many files match, of a path with `{name}` in it. */
  readonly matches?: number;
}

/** A data entry, and who has to do with it. */
export interface DataFact {
  readonly entry: DataEntry;
  readonly place: Located;
  /** Absent for addresses and for what is nowhere. */
  readonly fact?: PathFact;
  /** Names of steps that make it, or a folder that it is in. */
  readonly producers: readonly string[];
  readonly readers: readonly string[];
}

/** Every data entry, in file order. Time: O(steps + data), one look at the disk for each entry. */
export function dataFacts(pipeline: Pipeline, context: Outside): readonly DataFact[] {
  const uses = usesOf(pipeline, context);
  return Array.from(pipeline.data.values(), (entry) => {
    const place = locateData(pipeline, entry.key, context);
    const [producers, readers] = [new Set<string>(), new Set<string>()];
    for (const name of namesOf(pipeline, entry, place, context)) {
      for (const step of uses.writers.get(name) ?? []) producers.add(step);
    }
    for (const name of [`$${entry.key}`, placeName(place)]) {
      for (const step of uses.readers.get(name) ?? []) readers.add(step);
    }
    const fact = place.kind === "path" ? factOf(place.path, context) : undefined;
    return { entry, place, fact, producers: [...producers], readers: [...readers] };
  });
}

/** Where a data entry is. */
export function locateData(pipeline: Pipeline, key: string, { env }: Pick<Outside, "env">): Located {
  if (!pipeline.data.has(key)) {
    return { kind: "nowhere", code: "unknown-data", message: `There is no data entry '${key}'` };
  }
  return located(pipeline, resolveData(pipeline, key, env));
}

/**
 * Where a text leads that stands in an input or output, or would be the path of a data entry.
 *
 * @param options.nestedIn Key of the data entry whose folder it would lie in.
 */
export function locateText(
  pipeline: Pipeline,
  text: string,
  { env }: Pick<Outside, "env">,
  { nestedIn }: { readonly nestedIn?: string } = {},
): Located {
  if (nestedIn === undefined) return located(pipeline, resolvePath(pipeline, text, { env, role: "input" }));
  const entry: DataEntry = { key: TRIED, path: text, nestedIn, allowOutside: false, at: [] };
  const tried = { ...pipeline, data: new Map([...pipeline.data, [TRIED, entry]]) };
  return located(tried, resolveData(tried, TRIED, env));
}

/** A key that no file has. */
const TRIED = "\0";

/** The files that a path stands for: itself, or what matches one with `{name}` in it. */
export function matchesOf(path: string, files: Outside["files"]): readonly string[] {
  return expandPlaceholder(path, files);
}

/** What is at a path; one with `{name}` in it stands for what matches. */
export function factOf(path: string, { files }: Pick<Outside, "files">): PathFact {
  const found = matchesOf(path, files);
  const matches = found.length === 1 && found[0] === path ? undefined : found.length;
  const info = found.length === 0 ? undefined : files.stat(found[0]);
  if (info === undefined) return { state: "missing", matches };
  const kind = info.kind === "directory" ? "folder" : info.kind;
  const { sizeBytes, mtimeMs } = info;
  return { state: "exists", kind, ...(kind === "file" && { sizeBytes }), mtimeMs, matches };
}

function located(pipeline: Pipeline, resolved: Exclude<Resolved, { kind: "value" }>): Located {
  if (!isFound(resolved)) return { kind: "nowhere", ...complaint(pipeline, resolved) };
  const key = resolved.key === TRIED ? undefined : resolved.key;
  return resolved.kind === "path"
    ? { kind: "path", path: resolved.path, key }
    : { kind: "url", url: resolved.url, key };
}

interface Uses {
  readonly writers: Map<string, Set<string>>;
  readonly readers: Map<string, Set<string>>;
}

/** Steps by what they name and by where that is. */
function usesOf(pipeline: Pipeline, { env }: Outside): Uses {
  const places = new Places(pipeline, env);
  const uses: Uses = { writers: new Map(), readers: new Map() };
  for (const step of pipeline.steps) {
    const { reads, writes } = places.touched(step);
    for (const { path } of reads) if (path !== undefined) note(uses.readers, path, step.name);
    for (const { path } of writes) if (path !== undefined) note(uses.writers, path, step.name);
    for (const text of textsOf(step)) if (text.startsWith("$")) note(uses.readers, text, step.name);
  }
  return uses;
}

function note(uses: Map<string, Set<string>>, name: string, step: string): void {
  const steps = uses.get(name);
  if (steps === undefined) uses.set(name, new Set([step]));
  else steps.add(step);
}

/** Texts by which a step reads; addresses have no path to be known by. */
function textsOf(step: Step): readonly string[] {
  switch (step.kind) {
    case "task":
    case "condition":
      return [...step.inputs.values(), ...[...step.args.values()].filter((value) => typeof value === "string")];
    case "switch":
      return [step.condition, ...(step.data === undefined ? [] : [step.data])];
    case "repeated":
      return step.steps.flatMap((inner) => [...inner.inputs.values()].filter((text) => text.startsWith("$")));
  }
}

/** What it is made under: its own path, and those of the folders it is in. */
function namesOf(pipeline: Pipeline, entry: DataEntry, own: Located, context: Outside): readonly string[] {
  const names = [placeName(own)];
  const seen = new Set([entry.key]);
  for (let at = entry.nestedIn; at !== undefined && !seen.has(at); at = pipeline.data.get(at)?.nestedIn) {
    seen.add(at);
    names.push(placeName(locateData(pipeline, at, context)));
  }
  return names;
}

function placeName(place: Located): string {
  return place.kind === "path" ? collapsePath(place.path) : place.kind === "url" ? place.url : "";
}
