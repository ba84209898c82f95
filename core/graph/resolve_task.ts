/**
 * A task with everything looked up that its command says.
 *
 * @module
 */

import type { Env } from "./env.ts";
import type { Pipeline, TaskStep } from "./pipeline.ts";
import { isInterpolated, type Uses } from "./expand.ts";
import {
  asPath,
  type Bindings,
  expand,
  expandValue,
  type Found,
  referenceName,
  type Resolved,
  resolveReference,
  resolveScript,
  resolveText,
  type Unresolved,
} from "./resolve.ts";
import { addressError, unresolvedError } from "./unresolved.ts";
import { pyStr, type Value } from "../yaml/value.ts";

/** Settings of a task with everything put in; paths from the base directory, or absolute. */
export type ResolvedSettings = Pick<TaskStep, "env" | "deps" | "cwd" | "sandbox">;

/** One positional argument. `reference` is the text as written when it was a `$reference`, `key` the data entry. */
export interface ResolvedInput {
  readonly label: string;
  readonly kind: "path" | "url";
  /** Absolute path, or address. */
  readonly value: string;
  readonly reference?: string;
  readonly key?: string;
}

/** A flag and the absolute path behind it. */
export interface ResolvedOutput {
  readonly flag: string;
  readonly path: string;
  readonly reference?: string;
  readonly key?: string;
}

/** A flag and what becomes of it: no words (false), the flag (true), or flag and text. */
export interface ResolvedArg {
  readonly flag: string;
  readonly words: readonly string[];
  /** The value before it became text; a path or address is its text. */
  readonly value: Value;
  /** Set when the value is a file or folder of the pipeline. */
  readonly path?: string;
  readonly url?: string;
  readonly reference?: string;
  readonly key?: string;
  readonly parameter?: string;
}

/** A task with everything known; absolute paths. */
export interface ResolvedTask {
  readonly step: string;
  readonly script: string;
  /** The script was written as an absolute path, so it is run itself unless its extension is known. */
  readonly scriptIsAbsolute: boolean;
  readonly inputs: readonly ResolvedInput[];
  readonly outputs: readonly ResolvedOutput[];
  readonly args: readonly ResolvedArg[];
  /** In place of the step's own, where something was put into them. */
  readonly settings?: ResolvedSettings;
  /** Parameters that were put into longer texts of it, with their texts. */
  readonly parameters?: ReadonlyMap<string, string>;
  /** Files and folders of the pipeline whose paths were put into longer args, and so are read. */
  readonly reads?: readonly string[];
  /** Folders of a loop. */
  readonly over?: string;
  readonly into?: string;
}

/** What a step is resolved with. A loop's step needs `bindings.loop`, one of a repeated group `bindings.iteration`. */
export interface ResolveTaskOptions {
  readonly env: Env;
  readonly bindings?: Bindings;
  /** Hears what longer texts were put together from; `reads`: of data in them, the content counts. */
  readonly onUses?: (uses: Uses | undefined, reads?: boolean) => void;
}

/**
 * Everything a task's command says, looked up.
 *
 * @throws {LoomError} Naming step and place, if something cannot be told; the checks before a run find all of these.
 */
export function resolveTask(pipeline: Pipeline, step: TaskStep, options: ResolveTaskOptions): ResolvedTask {
  const script = resolveScript(pipeline, step.task, options.env);
  if ("missing" in script) throw failure(pipeline, script.unresolved, step, "task");
  if (isInterpolated(pipeline)) return interpolated(pipeline, step, { ...options, script });
  return resolveWith(pipeline, step, { ...options, script });
}

type Script = Exclude<ReturnType<typeof resolveScript>, { missing: string }>;

function resolveWith(
  pipeline: Pipeline,
  step: TaskStep,
  options: ResolveTaskOptions & { readonly script: Script },
): ResolvedTask {
  const { script } = options;
  const fed = options.bindings?.iteration?.feedback.get(step.name);
  return {
    step: step.name,
    script: script.path,
    scriptIsAbsolute: script.absolute,
    inputs: Array.from(step.inputs, ([label, text]) => resolveInput(pipeline, step, { ...options, label, text, fed })),
    outputs: Array.from(step.outputs, ([flag, text]) => resolveOutput(pipeline, step, { ...options, flag, text })),
    args: resolveArgs(pipeline, step, { ...options, fed }),
    ...resolveLoop(pipeline, step, options),
  };
}

function interpolated(
  pipeline: Pipeline,
  step: TaskStep,
  options: ResolveTaskOptions & { readonly script: Script },
): ResolvedTask {
  const parameters = new Map<string, string>(options.script.uses?.parameters);
  const names = new Set<string>();
  const onUses = (uses: Uses | undefined, reads = false) => {
    for (const [name, text] of uses?.parameters ?? []) parameters.set(name, text);
    if (reads) { for (const name of uses?.names ?? []) names.add(name); }
  };
  const task = resolveWith(pipeline, step, { ...options, onUses });
  const settings = resolveSettings(pipeline, step, { ...options, onUses });
  const reads = [...names].flatMap((name) => {
    const found = resolveReference(pipeline, name, options);
    return found.kind === "path" ? [found.path] : [];
  });
  return { ...task, settings, ...(reads.length > 0 && { reads }), ...(parameters.size > 0 && { parameters }) };
}

/**
 * The settings of a task with everything put in.
 *
 * @throws {LoomError} Naming step and place, if something cannot be told.
 */
export function resolveSettings(pipeline: Pipeline, step: TaskStep, options: ResolveTaskOptions): ResolvedSettings {
  const put = (text: string, place: string, role: "arg" | "input") => {
    const made = expand(pipeline, text, { ...options, role });
    if (!("ok" in made)) throw failure(pipeline, made, step, place);
    options.onUses?.(made.uses, role === "arg");
    return made.ok;
  };
  const { env, deps, cwd, sandbox } = step;
  return {
    env: env.size === 0 ? env : new Map(Array.from(env, ([name, text]) => [name, put(text, `env '${name}'`, "arg")])),
    deps: deps.map((text) => put(text, "deps", "input")),
    cwd: cwd && put(cwd, "cwd", "input"),
    sandbox: sandbox && { ...sandbox, write: sandbox.write.map((text) => put(text, "sandbox.write", "input")) },
  };
}

/**
 * The folders of a step's loop, absolute; `undefined` without one.
 *
 * @throws {LoomError} Naming step and place, if one of them cannot be told or is an address.
 */
export function resolveLoop(
  pipeline: Pipeline,
  step: TaskStep,
  options: ResolveTaskOptions,
): { readonly over: string; readonly into: string } | undefined {
  if (step.loop === undefined) return undefined;
  const { over, into } = step.loop;
  // The item is not known while its folder is looked up.
  const at = { env: options.env, role: "input" } as const;
  const folder = (text: string, place: string) => localPath(pipeline, step, { ...at, text, place });
  return { over: folder(over, "loop.over").path, into: folder(into, "loop.into").path };
}

type Unusable = Unresolved | Extract<Found, { kind: "url" }>;

interface Place extends ResolveTaskOptions {
  readonly text: string;
  readonly place: string;
  readonly role: "input" | "output";
}

function resolveInput(
  pipeline: Pipeline,
  step: TaskStep,
  input: ResolveTaskOptions & { label: string; text: string; fed?: ReadonlyMap<string, string> },
): ResolvedInput {
  const { label, text, env, bindings } = input;
  const fed = input.fed?.get(label);
  if (fed !== undefined) return { label, kind: "path", value: fed };
  const found = asPath(pipeline, resolveText(pipeline, text, { env, bindings, role: "input" }));
  if ("uses" in found) input.onUses?.(found.uses);
  const origin = originOf(text, found);
  if (found.kind === "path") return { label, kind: "path", value: found.path, ...origin };
  if (found.kind === "url") return { label, kind: "url", value: found.url, ...origin };
  throw failure(pipeline, found, step, `input '${label}'`);
}

function resolveOutput(
  pipeline: Pipeline,
  step: TaskStep,
  output: ResolveTaskOptions & { flag: string; text: string },
): ResolvedOutput {
  const { flag, text } = output;
  const found = localPath(pipeline, step, { ...output, place: `output '${flag}'`, role: "output" });
  return { flag, path: found.path, ...originOf(text, found) };
}

function localPath(pipeline: Pipeline, step: TaskStep, place: Place): Extract<Found, { kind: "path" }> {
  const { text, env, bindings, role } = place;
  const found = asPath(pipeline, resolveText(pipeline, text, { env, bindings, role }));
  if ("uses" in found) place.onUses?.(found.uses);
  if (found.kind === "path") return found;
  throw failure(pipeline, found, step, place.place);
}

// What is fed back under a name that is no input becomes an argument, in its place if it has one.
function resolveArgs(
  pipeline: Pipeline,
  step: TaskStep,
  options: ResolveTaskOptions & { fed?: ReadonlyMap<string, string> },
): readonly ResolvedArg[] {
  const args: ResolvedArg[] = [];
  for (const [flag, value] of step.args) {
    const fed = step.inputs.has(flag) ? undefined : options.fed?.get(flag);
    args.push(fed === undefined ? resolveArg(pipeline, step, { ...options, flag, value }) : pathArg(flag, fed));
  }
  for (const [name, path] of options.fed ?? []) {
    if (!step.inputs.has(name) && !step.args.has(name)) args.push(pathArg(name, path));
  }
  return args;
}

function pathArg(flag: string, path: string): ResolvedArg {
  return { flag, words: [flag, path], value: path, path };
}

function resolveArg(
  pipeline: Pipeline,
  step: TaskStep,
  arg: ResolveTaskOptions & { flag: string; value: Value },
): ResolvedArg {
  const { flag, value, env, bindings } = arg;
  if (typeof value !== "string") return resolveNest(pipeline, step, arg);
  const found = resolveText(pipeline, value, { env, bindings, role: "arg" });
  if ("uses" in found) arg.onUses?.(found.uses, true);
  const origin = originOf(value, found);
  if (found.kind === "path") return { ...pathArg(flag, found.path), ...origin };
  if (found.kind === "url") return { flag, words: [flag, found.url], value: found.url, url: found.url, ...origin };
  if (found.kind !== "value") throw failure(pipeline, found, step, `arg '${flag}'`);
  return { flag, words: argWords(flag, found.value), value: found.value, ...origin };
}

function resolveNest(
  pipeline: Pipeline,
  step: TaskStep,
  { flag, value, onUses, ...options }: ResolveTaskOptions & { flag: string; value: Value },
): ResolvedArg {
  const made = expandValue(pipeline, value, options);
  if ("kind" in made) throw failure(pipeline, made, step, `arg '${flag}'`);
  onUses?.(made.uses, true);
  return { flag, words: argWords(flag, made.value), value: made.value };
}

function argWords(flag: string, value: Value): readonly string[] {
  if (value === true) return [flag];
  if (value === false) return [];
  return [flag, typeof value === "string" ? value : pyStr(value)];
}

function originOf(text: string, found: Resolved): { reference?: string; key?: string; parameter?: string } {
  if (referenceName(text) === undefined) return {};
  const key = "key" in found ? found.key : undefined;
  const parameter = "parameter" in found ? found.parameter : undefined;
  return {
    reference: text,
    ...(key === undefined ? {} : { key }),
    ...(parameter === undefined ? {} : { parameter }),
  };
}

function failure(pipeline: Pipeline, resolved: Unusable, step: TaskStep, place: string): Error {
  const where = { step: step.name, place };
  return resolved.kind === "url" ? addressError(resolved.url, where) : unresolvedError(pipeline, resolved, where);
}
