/**
 * What steps make and what they only read, as paths.
 *
 * @module
 */

import type { Context } from "../../context.ts";
import { LoomError } from "../../errors.ts";
import type { Env } from "../../graph/env.ts";
import { isIterationName, producedKeys } from "../../graph/iteration.ts";
import { basename, dirname, joinPath } from "../../paths.ts";
import type { Pipeline, RepeatedStep, TaskStep } from "../../graph/pipeline.ts";
import { isFound, type Resolved, resolveData, resolvePath } from "../../graph/resolve.ts";
import type { FileReader } from "../../ports/files.ts";
import { expandPlaceholder } from "../fresh/placeholder.ts";
import { comparablePath } from "./location.ts";

/** Something that steps make. Without `path` it cannot be told where it is, and `problem` says why. */
export interface CleanTarget {
  readonly key: string;
  /** Absolute. */
  readonly path?: string;
  readonly problem?: string;
  /** The file says that this may lie outside the pipeline's folder. */
  readonly allowOutside: boolean;
}

/** Data that no step makes. Without `path` it cannot be told where it is. */
export interface CleanSource {
  readonly key: string;
  /** Absolute. */
  readonly path?: string;
}

/** What a clean may take, and what it must leave. */
export interface CleanTargets {
  readonly produced: readonly CleanTarget[];
  readonly sources: readonly CleanSource[];
  /** Absolute. */
  readonly outputDir: string;
}

/** Folders that loom itself keeps beside a pipeline and can make again. */
const CACHE_FOLDERS = [".loom-thumbnails", ".loom-url-cache"];

/** Sorts everything the pipeline names into made and only read. Time: O(steps + data + entries of folders with iterations). */
export function cleanTargets(pipeline: Pipeline, context: Context): CleanTargets {
  const { env, files } = context;
  const outputs = collectOutputs(pipeline, env);
  const made = new Set([...outputs.values()].flatMap(({ path }) => path === undefined ? [] : [comparablePath(path)]));
  const sources = sourcesOf(pipeline, env, { outputs, made });
  const read = new Set(sources.flatMap(({ path }) => path === undefined ? [] : [comparablePath(path)]));
  const iterations = iterationFiles(pipeline, env, files).filter(({ path }) => !read.has(comparablePath(path)));
  const caches = CACHE_FOLDERS.map((key) => ({ key, path: joinPath(pipeline.baseDir, key), allowOutside: false }));
  const produced = [...[...outputs.values()].flatMap((target) => matching(target, files)), ...iterations, ...caches];
  return { produced, sources, outputDir: joinPath(pipeline.baseDir, pipeline.outputDir) };
}

/** A path with `{name}` in it stands for every file that matches, as it does when a step is judged; else for itself. */
function matching(target: CleanTarget, files: FileReader): readonly CleanTarget[] {
  const paths = target.path === undefined ? [] : expandPlaceholder(target.path, files);
  return paths.length === 0 ? [target] : paths.map((path) => ({ ...target, path }));
}

function collectOutputs(pipeline: Pipeline, env: Env): ReadonlyMap<string, CleanTarget> {
  const targets = new Map<string, CleanTarget>();
  for (const step of writers(pipeline)) {
    const read = readPaths(pipeline, step, env);
    for (const text of outputTexts(step)) {
      // These name what a loop already reads or writes as a whole.
      if (text === "$loop_item" || text === "$loop_output") continue;
      const resolved = resolvePath(pipeline, text, { env, role: "output" });
      const key = "key" in resolved && resolved.key !== undefined ? resolved.key : text;
      const target = toTarget(pipeline, key, resolved);
      if (target === undefined) continue;
      // What a step reads and writes was there before it: unless another step makes it, it is a person's.
      if (target.path === undefined || !read.has(comparablePath(target.path))) targets.set(key, target);
    }
  }
  return targets;
}

function writers(pipeline: Pipeline): readonly TaskStep[] {
  return pipeline.steps.flatMap((step) =>
    step.kind === "task" ? [step] : step.kind === "repeated" ? [...step.steps] : []
  );
}

function readPaths(pipeline: Pipeline, step: TaskStep, env: Env): ReadonlySet<string> {
  const texts = [...step.inputs.values(), ...(step.loop === undefined ? [] : [step.loop.over])];
  const resolved = texts.map((text) => resolvePath(pipeline, text, { env, role: "input" }));
  return new Set(resolved.flatMap((it) => it.kind === "path" ? [comparablePath(it.path)] : []));
}

function outputTexts(step: TaskStep): readonly string[] {
  return [...step.outputs.values(), ...(step.loop === undefined ? [] : [step.loop.into])];
}

function toTarget(pipeline: Pipeline, key: string, resolved: Resolved): CleanTarget | undefined {
  const allowOutside = pipeline.data.get(key)?.allowOutside ?? false;
  if (resolved.kind === "path") return { key, path: resolved.path, allowOutside };
  if (isFound(resolved)) return undefined;
  return { key, problem: unresolvedReason(resolved), allowOutside };
}

function unresolvedReason(resolved: Exclude<Resolved, { kind: "path" | "url" | "value" }>): string {
  if (resolved.kind === "empty") return "its path is empty; give it one, or it would mean the whole folder";
  if (resolved.kind === "unset") {
    return `the variable ${resolved.variable} is not set; set it to what it was in the run`;
  }
  return "it names nothing that is known; correct the reference";
}

function sourcesOf(
  pipeline: Pipeline,
  env: Env,
  known: { readonly outputs: ReadonlyMap<string, CleanTarget>; readonly made: ReadonlySet<string> },
): readonly CleanSource[] {
  const sources: CleanSource[] = [];
  for (const key of pipeline.data.keys()) {
    if (isMade(pipeline, key, known.outputs)) continue;
    const resolved = resolveData(pipeline, key, env);
    if (resolved.kind === "url" || resolved.kind === "empty") continue;
    if (resolved.kind !== "path") sources.push({ key });
    else if (!known.made.has(comparablePath(resolved.path))) sources.push({ key, path: resolved.path });
  }
  return sources;
}

/**
 * The files of one data entry, and the source data that must stay then: all but what lies at the same path.
 *
 * @throws {LoomError} `unknown-data`.
 */
export function removalOf(pipeline: Pipeline, context: Context, key: string) {
  const entry = pipeline.data.get(key);
  if (entry === undefined) throw new LoomError("unknown-data", `There is no data entry '${key}'`);
  const { sources } = cleanTargets(pipeline, context);
  const target = toTarget(pipeline, key, resolveData(pipeline, key, context.env));
  const own = target?.path === undefined ? undefined : comparablePath(target.path);
  return {
    targets: target === undefined ? [] : matching(target, context.files),
    isSource: sources.some((source) => source.key === key),
    sources: sources.filter(({ path }) => path === undefined || comparablePath(path) !== own),
  };
}

// Whoever makes a folder makes what is declared to lie in it.
function isMade(pipeline: Pipeline, key: string, outputs: ReadonlyMap<string, CleanTarget>): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = key; at !== undefined && !seen.has(at); at = pipeline.data.get(at)?.nestedIn) {
    if (outputs.has(at)) return true;
    seen.add(at);
  }
  return false;
}

function iterationFiles(
  pipeline: Pipeline,
  env: Env,
  files: FileReader,
): readonly Required<Pick<CleanTarget, "key" | "path" | "allowOutside">>[] {
  const groups = pipeline.steps.filter((step): step is RepeatedStep => step.kind === "repeated");
  const names = new Map<string, readonly string[]>();
  return groups.flatMap((group) =>
    [...producedKeys(pipeline, group)].flatMap((key) => {
      const resolved = resolveData(pipeline, key, env);
      if (resolved.kind !== "path") return [];
      const [folder, plain] = [dirname(resolved.path), basename(resolved.path)];
      if (!names.has(folder)) names.set(folder, files.list(folder).map((entry) => entry.name));
      const allowOutside = pipeline.data.get(key)?.allowOutside ?? false;
      return names.get(folder)!.filter((name) => isIterationName(name, plain)).toSorted()
        .map((name) => ({ key, path: joinPath(folder, name), allowOutside }));
    })
  );
}
