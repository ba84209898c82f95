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
import { ANY_KEY, type Keys, questionNames, SweptNames } from "./names.ts";
import { stepQuestions, stepTexts } from "./step_texts.ts";

/** What changes from point to point, and with what. */
export interface Affected {
  /** Names of steps, each with the keys that reach it: it is there once for each of their combinations. */
  readonly steps: ReadonlyMap<string, Keys>;
  /** Absolute paths that these steps make, likewise. */
  readonly made: ReadonlyMap<string, Keys>;
  /** Keys of folders in which some of that lies, likewise. */
  readonly containers: ReadonlyMap<string, Keys>;
  /** Absolute paths that any step makes. */
  readonly written: ReadonlySet<string>;
  /** Keys that no step uses. */
  readonly unused: readonly string[];
  readonly names: SweptNames;
  /** Whether a key is bound in a step; a step's own matrix binds there and in what depends on it. */
  readonly binds: (key: string, step: string) => boolean;
  /** What a name in a question of a step is called here: a file that was taken in has names of its own. */
  readonly nameIn: (step: string | undefined, name: string) => string;
}

/** Works out what changes; `pipeline` has its points marked. Time: O((steps + links) · keys). */
export function affectedBy(pipeline: Pipeline, matrix: Matrix, env: Env): Affected {
  const names = new SweptNames(pipeline, matrix);
  const dependents = reversed(dependencies(pipeline, env));
  const scopes = new Map([...matrix.owners ?? []].map(([key, owner]) => [key, closure([owner], dependents)]));
  const binds = (key: string, step: string) => key === ANY_KEY || (scopes.get(key)?.has(step) ?? true);
  const nameIn = (step: string | undefined, name: string) =>
    (step === undefined ? undefined : homeOf(pipeline, step)?.parameters.get(name)) ?? name;
  const users = new Map<string, string[]>();
  for (const step of pipeline.steps) {
    const keys = keysUsed(step, names, nameIn).filter((key) => binds(key, step.name));
    for (const key of keys) {
      const list = users.get(key);
      if (list === undefined) users.set(key, [step.name]);
      else list.push(step.name);
    }
  }
  const writes = new Map(pipeline.steps.map((step) => [step.name, writtenBy(pipeline, step, env)]));
  const found = spread([...users.values()].flat(), { dependents, writes });
  const affected = pipeline.steps.filter((step) => found.has(step.name));
  const paths = new Set(affected.flatMap((step) => writes.get(step.name)!));
  const containers = containersOf(pipeline, affected, { env, made: paths });
  const unused = users.has(ANY_KEY) ? [] : [...names.keys].filter((key) => !users.has(key));
  return {
    ...reach({ pipeline, env, affected, dependents, writes, paths, containers, users, names }),
    written: new Set([...writes.values()].flat()),
    unused,
    names,
    binds,
    nameIn,
  };
}

/** What {@linkcode reach} is told. */
interface Reaching {
  readonly pipeline: Pipeline;
  readonly env: Env;
  readonly affected: readonly Step[];
  readonly dependents: ReadonlyMap<string, readonly string[]>;
  readonly writes: ReadonlyMap<string, readonly string[]>;
  readonly paths: ReadonlySet<string>;
  readonly containers: ReadonlySet<string>;
  /** Key to the steps that use it themselves. */
  readonly users: ReadonlyMap<string, readonly string[]>;
  readonly names: SweptNames;
}

// Among names of steps; no file can hold such a name.
const pathNode = (path: string) => `\u0000path ${path}`;
const folderNode = (key: string) => `\u0000folder ${key}`;

/**
 * Which keys reach which step: those that it uses, those of all that it waits for, of whoever writes to the same file or
 * folder, and of what it mentions.
 */
function reach(it: Reaching): Pick<Affected, "steps" | "made" | "containers"> {
  const next = nodesBehind(it);
  const reached = new Map<string, Set<string>>();
  for (const [key, users] of it.users) {
    const keys = key === ANY_KEY ? it.names.keys : [key];
    for (const node of closure(users, next)) {
      const known = reached.get(node) ?? new Set();
      reached.set(node, known);
      for (const one of keys) known.add(one);
    }
  }
  const root = (path: string) => outermost(path, it.paths) ?? path;
  const keysOf = (node: string) => it.names.keySet(reached.get(node) ?? []);
  return {
    steps: new Map(it.affected.map(({ name }) => [name, keysOf(name)])),
    made: new Map([...it.paths].map((path) => [path, keysOf(pathNode(root(path)))])),
    containers: new Map([...it.containers].map((key) => [key, keysOf(folderNode(key))])),
  };
}

/** What changes when a step does: what waits for it, and by way of what it makes all that make or mention the same. */
function nodesBehind(it: Reaching): ReadonlyMap<string, readonly string[]> {
  const { pipeline, env, affected, dependents, writes, paths, containers, names } = it;
  const next = new Map<string, Set<string>>();
  const link = (from: string, to: string) => next.set(from, (next.get(from) ?? new Set()).add(to));
  const share = (node: string, step: string) => (link(step, node), link(node, step));
  for (const step of affected) {
    for (const other of dependents.get(step.name) ?? []) link(step.name, other);
    for (const path of writes.get(step.name)!) share(pathNode(outermost(path, paths)!), step.name);
    for (const text of writersIn(step).flatMap(outputTexts)) {
      for (const key of foldersOf(pipeline, referenceName(text) ?? "")) {
        if (containers.has(key)) share(folderNode(key), step.name);
      }
    }
    for (const path of mentionedBy(step, { pipeline, env, names })) {
      const root = outermost(path, paths);
      if (root !== undefined) link(pathNode(root), step.name);
    }
  }
  return new Map([...next].map(([from, to]) => [from, [...to]]));
}

/** Absolute paths that the texts of a step name, also those that say nothing of the order of steps. */
function mentionedBy(
  step: Step,
  { pipeline, env, names }: Pick<Reaching, "pipeline" | "env" | "names">,
): readonly string[] {
  return stepTexts(step).flatMap(([text, { isReference, isPath }]) => {
    const entries = names.in(text, isReference).filter((name) => pipeline.data.has(name));
    const found = entries.map((name) => resolveData(pipeline, name, env));
    if (isPath && text !== "") found.push(resolvePath(pipeline, text, { env, role: "input" }));
    return found.flatMap((it) => it.kind === "path" ? [it.path] : []);
  });
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

/** Tasks of a step: what writes. */
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
export function outermost(path: string, folders: Pick<ReadonlySet<string>, "has">): string | undefined {
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
