import { isLoomError } from "../../errors.ts";
import type { Env } from "../../graph/env.ts";
import type { Pipeline, TaskStep } from "../../graph/pipeline.ts";
import { type Bindings, isFound, resolveText } from "../../graph/resolve.ts";
import { type ResolvedTask, resolveTask } from "../../graph/resolve_task.ts";
import { collapsePath } from "../../paths.ts";
import type { Value } from "../../yaml/value.ts";

/** Stands in the place of an input or output that stands for nothing; no file has such a name. */
const NOWHERE = "\0";

/** Whether a path is known: not put in the place of one that stands for nothing. */
export function isKnownPath(path: string): boolean {
  return !path.includes(NOWHERE);
}

/** A tidy path as it can be compared: `..` taken back. */
export function comparable(path: string): string {
  return path.includes("..") ? collapsePath(path) : path;
}

interface Options {
  readonly env: Env;
  readonly bindings?: Bindings;
}

/**
 * A task with everything looked up that stands for something. Why the rest stands for nothing is told by the rule of
 * references; saying it once more for each step would take a search through all names.
 */
export function resolveKnown(
  pipeline: Pipeline,
  step: TaskStep,
  options: Options,
): { readonly resolved?: ResolvedTask; readonly isPartial: boolean } {
  const at = { input: { ...options, role: "input" }, arg: { ...options, role: "arg" } } as const;
  const isKnown = (text: Value, role: "input" | "arg") =>
    typeof text !== "string" || !text.includes("$") || isFound(resolveText(pipeline, text, at[role]));
  const isWhole = areAll(step.inputs, (text) => isKnown(text, "input")) &&
    areAll(step.outputs, (text) => isKnown(text, "input")) && areAll(step.args, (value) => isKnown(value, "arg"));
  if (isWhole) return { resolved: resolve(pipeline, step, options), isPartial: false };
  const places = (map: ReadonlyMap<string, string>) =>
    new Map(Array.from(map, ([key, text]) => [key, isKnown(text, "input") ? text : NOWHERE]));
  const args = new Map([...step.args].filter(([, value]) => isKnown(value, "arg")));
  const known = { ...step, inputs: places(step.inputs), outputs: places(step.outputs), args };
  return { resolved: resolve(pipeline, known, options), isPartial: args.size < step.args.size };
}

function areAll<T>(map: ReadonlyMap<string, T>, test: (value: T) => boolean): boolean {
  for (const value of map.values()) if (!test(value)) return false;
  return true;
}

function resolve(pipeline: Pipeline, step: TaskStep, options: Options): ResolvedTask | undefined {
  try {
    return resolveTask(pipeline, step, options);
  } catch (error) {
    // An address where a path must be, a folder of a loop that stands for nothing: told by the rule of references.
    if (isLoomError(error)) return undefined;
    throw error;
  }
}
