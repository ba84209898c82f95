/**
 * What of a pipeline changes from point to point: steps that use what is swept, what they make, and all that hangs on it.
 *
 * @module
 */

import { dependencies } from "../graph/dependencies.ts";
import type { Env } from "../graph/env.ts";
import { dirname } from "../paths.ts";
import { referenceName, resolveData, resolvePath } from "../graph/resolve.ts";
import type { Matrix, Pipeline, Step, TaskStep } from "../graph/pipeline.ts";
import { homeOf } from "../graph/when_values.ts";
import { ANY_KEY, questionNames, SweptNames } from "./names.ts";
import { stepQuestions, stepTexts } from "./step_texts.ts";

/** What changes from point to point. */
export interface Affected {
  /** Names of steps. */
  readonly steps: ReadonlySet<string>;
  /** Absolute paths that these steps make. */
  readonly made: ReadonlySet<string>;
  /** Absolute paths that any step makes. */
  readonly written: ReadonlySet<string>;
  /** Keys of folders in which some of that lies. */
  readonly containers: ReadonlySet<string>;
  /** Keys that no step uses. */
  readonly unused: readonly string[];
  readonly names: SweptNames;
  /** Whether a key is bound in a step; a step's own matrix binds there and in what depends on it. */
  readonly binds: (key: string, step: string) => boolean;
  /** What a name in a question of a step is called here: a file that was taken in has names of its own. */
  readonly nameIn: (step: string | undefined, name: string) => string;
}

/** Works out what changes; `pipeline` has its points marked. Time: O(steps + links), a few times over. */
export function affectedBy(pipeline: Pipeline, matrix: Matrix, env: Env): Affected {
  const names = new SweptNames(pipeline, matrix);
  const links = dependencies(pipeline, env);
  const dependents = reversed(links);
  const scopes = new Map([...matrix.owners ?? []].map(([key, owner]) => [key, closure([owner], dependents)]));
  const binds = (key: string, step: string) => key === ANY_KEY || (scopes.get(key)?.has(step) ?? true);
  const nameIn = (step: string | undefined, name: string) =>
    (step === undefined ? undefined : homeOf(pipeline, step)?.parameters.get(name)) ?? name;
  const used = new Set<string>();
  const seeds = pipeline.steps.filter((step) => {
    const keys = keysUsed(step, names, nameIn).filter((key) => binds(key, step.name));
    for (const key of keys) used.add(key);
    return keys.length > 0;
  });
  const writes = new Map(pipeline.steps.map((step) => [step.name, writtenBy(pipeline, step, env)]));
  const steps = spread(seeds.map((step) => step.name), { dependents, writes });
  const affected = pipeline.steps.filter((step) => steps.has(step.name));
  const made = new Set(affected.flatMap((step) => writes.get(step.name)!));
  const written = new Set([...writes.values()].flat());
  const unused = used.has(ANY_KEY) ? [] : [...names.keys].filter((key) => !used.has(key));
  return {
    steps,
    made,
    written,
    containers: containersOf(pipeline, affected, { env, made }),
    unused,
    names,
    binds,
    nameIn,
  };
}

function keysUsed(step: Step, names: SweptNames, nameIn: Affected["nameIn"]): readonly string[] {
  const keys = new Set<string>();
  for (const [text, { isReference, bound }] of stepTexts(step)) {
    if (bound.has(referenceName(text) ?? "")) continue;
    for (const key of names.keysIn(text, isReference)) keys.add(key);
  }
  for (const [text, bound] of stepQuestions(step)) {
    for (const name of questionNames(text)) {
      if (!bound.has(name)) { for (const key of names.keysOf(nameIn(step.name, name))) keys.add(key); }
    }
  }
  return [...keys];
}

/** Everything a step makes, absolute. */
function writtenBy(pipeline: Pipeline, step: Step, env: Env): readonly string[] {
  return writersIn(step).flatMap((task) => outputTexts(task)).flatMap((text) => {
    const resolved = resolvePath(pipeline, text, { env, role: "output" });
    return resolved.kind === "path" ? [resolved.path] : [];
  });
}

function writersIn(step: Step): readonly TaskStep[] {
  return step.kind === "task" ? [step] : step.kind === "repeated" ? step.steps : [];
}

function outputTexts({ outputs, loop }: TaskStep): readonly string[] {
  const own = [...outputs.values()].filter((text) => text !== "$loop_item" && text !== "$loop_output");
  return loop === undefined ? own : [...own, loop.into];
}

type Names = ReadonlySet<string>;

function reversed(links: ReadonlyMap<string, Names>): ReadonlyMap<string, readonly string[]> {
  const dependents = new Map<string, string[]>();
  for (const [name, waits] of links) {
    for (const other of waits) {
      const list = dependents.get(other);
      if (list === undefined) dependents.set(other, [name]);
      else list.push(name);
    }
  }
  return dependents;
}

function closure(start: Iterable<string>, next: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set(start);
  // A set hands out what is added to it while it is walked.
  for (const name of found) for (const other of next.get(name) ?? []) found.add(other);
  return found;
}

/**
 * The steps, those that depend on them, and those that write into what these make: where one step of several that share
 * a file goes to the folder of its point, the others follow.
 */
function spread(
  seeds: Iterable<string>,
  { dependents, writes }: {
    readonly dependents: ReadonlyMap<string, readonly string[]>;
    readonly writes: ReadonlyMap<string, readonly string[]>;
  },
): Set<string> {
  let found = closure(seeds, dependents);
  for (let before = -1; before !== found.size;) {
    before = found.size;
    const made = new Set([...found].flatMap((name) => writes.get(name) ?? []));
    const sharing = [...writes].filter(([name, paths]) =>
      !found.has(name) && paths.some((path) => isWithin(path, made))
    );
    found = closure([...found, ...sharing.map(([name]) => name)], dependents);
  }
  return found;
}

/** The outermost of `folders` that is the path or holds it; `undefined`: none does. */
export function outermost(path: string, folders: ReadonlySet<string>): string | undefined {
  let found: string | undefined;
  for (let at = path, above = dirname(path);; [at, above] = [above, dirname(above)]) {
    if (folders.has(at)) found = at;
    if (above === at || above === ".") return found;
  }
}

function isWithin(path: string, folders: ReadonlySet<string>): boolean {
  return folders.size > 0 && outermost(path, folders) !== undefined;
}

/** Folders in which some of what is made is declared to lie, and nothing else is: with a source in it, it stays. */
function containersOf(
  pipeline: Pipeline,
  steps: readonly Step[],
  { env, made }: { readonly env: Env; readonly made: ReadonlySet<string> },
): ReadonlySet<string> {
  const texts = steps.flatMap(writersIn).flatMap(outputTexts);
  const keys = new Set(texts.flatMap((text) => foldersOf(pipeline, referenceName(text) ?? "")));
  if (keys.size === 0) return keys;
  for (const key of pipeline.data.keys()) {
    const place = keys.has(key) ? undefined : resolveData(pipeline, key, env);
    if (place?.kind !== "path" || isWithin(place.path, made)) continue;
    for (const folder of foldersOf(pipeline, key)) keys.delete(folder);
  }
  return keys;
}

function foldersOf(pipeline: Pipeline, key: string): readonly string[] {
  const seen = new Set<string>();
  let at = pipeline.data.get(key)?.nestedIn;
  for (; at !== undefined && !seen.has(at); at = pipeline.data.get(at)?.nestedIn) seen.add(at);
  return [...seen];
}
