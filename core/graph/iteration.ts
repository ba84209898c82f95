/**
 * What an iteration of a repeated group sees: its own values, its own paths, and what the one before left.
 *
 * @module
 */

import type { Env } from "./env.ts";
import { isInterpolated } from "./expand.ts";
import { literalText, piecesOf } from "./interpolation.ts";
import { basename, isAbsolute, pathStyle } from "../paths.ts";
import type { DataEntry, Pipeline, RepeatedStep } from "./pipeline.ts";
import { expand, isFound, type IterationBinding, referenceName, resolveData, resolvePath } from "./resolve.ts";
import { unresolvedError } from "./unresolved.ts";

/** Which iteration, counted from 0. */
export interface IterationOptions {
  readonly env: Env;
  readonly iteration: number;
}

/**
 * A path with `_iter<n>` before its last dot, as `g.npz` → `g_iter0.npz`; of a folder before the trailing slash; else at
 * the end. The dot of `.env` counts: `_iter0.env`.
 */
export function iterationPath(path: string, iteration: number): string {
  const suffix = `_iter${iteration}`;
  if (path.endsWith("/")) return `${path.replace(/\/+$/, "")}${suffix}/`;
  const dot = path.lastIndexOf(".");
  return dot > path.lastIndexOf("/") ? `${path.slice(0, dot)}${suffix}${path.slice(dot)}` : `${path}${suffix}`;
}

/**
 * Everything iteration `options.iteration` gives the steps of the group.
 *
 * @throws {LoomError} If the path of an output cannot be told (unknown reference, unset variable).
 */
export function iterationBinding(
  pipeline: Pipeline,
  step: RepeatedStep,
  options: IterationOptions,
): IterationBinding {
  const { iteration } = options;
  return {
    values: step.iterations[iteration] ?? new Map(),
    paths: iterationPaths(pipeline, step, options),
    feedback: iteration === 0 ? new Map() : feedbackPaths(pipeline, step, { ...options, iteration: iteration - 1 }),
  };
}

/** Data key to absolute path in this iteration, for every entry that the group produces, and what lies in those. */
export function iterationPaths(
  pipeline: Pipeline,
  step: RepeatedStep,
  options: IterationOptions,
): ReadonlyMap<string, string> {
  const produced = producedKeys(pipeline, step);
  if (produced.size === 0) return new Map();
  const moved: Pipeline = { ...pipeline, data: movedData(pipeline, produced, options) };
  const paths = new Map<string, string>();
  for (const key of withContents(pipeline, produced)) {
    const resolved = resolveData(moved, key, options.env);
    if (resolved.kind === "path") paths.set(key, resolved.path);
    else if (!isFound(resolved)) throw unresolvedError(pipeline, resolved, { step: step.name, place: "an output" });
  }
  return paths;
}

/** Keys of the data entries that steps of the group write. */
export function producedKeys(pipeline: Pipeline, step: RepeatedStep): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const inner of step.steps) {
    for (const text of inner.outputs.values()) {
      const name = referenceName(text);
      if (name !== undefined && pipeline.data.has(name)) keys.add(name);
    }
  }
  return keys;
}

// A folder that moves takes what lies in it along, so only the outermost produced entry of a chain is renamed.
function movedData(
  pipeline: Pipeline,
  produced: ReadonlySet<string>,
  options: IterationOptions,
): ReadonlyMap<string, DataEntry> {
  const data = new Map(pipeline.data);
  for (const key of produced) {
    const entry = pipeline.data.get(key)!;
    if (!liesIn(pipeline, entry, produced)) data.set(key, { ...entry, path: movedPath(pipeline, entry, options) });
  }
  return data;
}

// What is put into a path may bring its ending along, so it is put in first.
function movedPath(pipeline: Pipeline, { key, path }: DataEntry, { env, iteration }: IterationOptions): string {
  if (!isInterpolated(pipeline) || !path.includes("${")) return iterationPath(path, iteration);
  const whole = expand(pipeline, path, { env, within: [key] });
  return "ok" in whole ? literalText(iterationPath(whole.ok, iteration)) : path;
}

function liesIn(pipeline: Pipeline, entry: DataEntry, keys: ReadonlySet<string>): boolean {
  const seen = new Set<string>();
  let at: DataEntry | undefined = entry;
  // An absolute path stands for itself, wherever its container goes.
  while (at !== undefined && !seen.has(at.key) && !isAbsolute(at.path, pathStyle(pipeline.baseDir))) {
    const container: string | undefined = at.nestedIn ?? firstName(at.path);
    if (container === undefined) return false;
    if (keys.has(container)) return true;
    seen.add(at.key);
    at = pipeline.data.get(container);
  }
  return false;
}

// Under version 2 a path may begin with that of another entry, and goes where that one goes.
function firstName(path: string): string | undefined {
  if (!path.startsWith("${")) return undefined;
  const [first] = piecesOf(path);
  return first.kind === "name" ? first.name : undefined;
}

function withContents(pipeline: Pipeline, produced: ReadonlySet<string>): readonly string[] {
  const contents: string[] = [...produced];
  for (const entry of pipeline.data.values()) {
    if (!produced.has(entry.key) && liesIn(pipeline, entry, produced)) {
      contents.push(entry.key);
    }
  }
  return contents;
}

// `options.iteration` is the iteration whose outputs are fed back.
function feedbackPaths(
  pipeline: Pipeline,
  step: RepeatedStep,
  options: IterationOptions,
): IterationBinding["feedback"] {
  const feedback = new Map<string, Map<string, string>>();
  if (step.feedback.length === 0) return feedback;
  const before = { values: new Map(), paths: iterationPaths(pipeline, step, options), feedback: new Map() };
  for (const { source, target } of step.feedback) {
    const text = step.steps.find((inner) => inner.name === source.step)?.outputs.get(source.flag);
    if (text === undefined) continue;
    const where = { env: options.env, bindings: { iteration: before }, role: "output" } as const;
    const resolved = resolvePath(pipeline, text, where);
    if (resolved.kind === "path") {
      const targets = feedback.get(target.step) ?? new Map<string, string>();
      feedback.set(target.step, targets.set(target.name, resolved.path));
    } else if (resolved.kind !== "url") {
      throw unresolvedError(pipeline, resolved, { step: source.step, place: `output '${source.flag}'` });
    }
  }
  return feedback;
}

/** Whether a file name is one that iterations make of `plain`, as `g_iter12.npz` of `g.npz`. */
export function isIterationName(name: string, plain: string): boolean {
  const [before, after] = iterationPath(basename(plain), 0).split(/_iter0(?!.*_iter0)/);
  if (!name.startsWith(`${before}_iter`) || !name.endsWith(after ?? "")) return false;
  return /^\d+$/.test(name.slice(`${before}_iter`.length, name.length - (after ?? "").length));
}
