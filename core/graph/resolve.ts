/**
 * What the texts of a pipeline stand for: `$references`, `${VARIABLES}`, paths and addresses.
 *
 * @module
 */

import { type Env, expandEnv } from "./env.ts";
import { isAbsolute, isUrl, joinPath, normalizePath, pathStyle } from "../paths.ts";
import type { DataEntry, Pipeline, SwitchStep } from "./pipeline.ts";
import { pyStr, type Value } from "../yaml/value.ts";

/** What a loop's item gives its step; absolute paths. */
export interface LoopBinding {
  readonly item: string;
  readonly output: string;
}

/** What one iteration of a repeated group gives its steps. */
export interface IterationBinding {
  /** Values of this iteration, by name. */
  readonly values: ReadonlyMap<string, Value>;
  /** Data key to the absolute path it has in this iteration, for what the group produces. */
  readonly paths: ReadonlyMap<string, string>;
  /** Step name to target (an input's label, else a flag) to absolute path; empty in iteration 0. */
  readonly feedback: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** What stands for itself only inside a loop or an iteration. */
export interface Bindings {
  readonly loop?: LoopBinding;
  readonly iteration?: IterationBinding;
}

/** What something stands for. `key` is the data entry it came from; paths are absolute and tidy. */
export type Found =
  | { readonly kind: "path"; readonly path: string; readonly key?: string }
  | { readonly kind: "url"; readonly url: string; readonly key?: string }
  | { readonly kind: "value"; readonly value: Value; readonly parameter?: string };

/** Why something stands for nothing. */
export type Unresolved =
  | { readonly kind: "unknown"; readonly name: string }
  /** A variable that is not set; `key` or `parameter` tells in what, when it is not in the text itself. */
  | { readonly kind: "unset"; readonly variable: string; readonly key?: string; readonly parameter?: string }
  /** A data entry without a path. */
  | { readonly kind: "empty"; readonly key: string }
  /** `$switch.word` with a word other than `then` and `else`. */
  | { readonly kind: "branch"; readonly name: string; readonly step: string }
  /** A switch that passes nothing on, or only itself. */
  | { readonly kind: "payload"; readonly step: string }
  /** `$loop_item` or `$loop_output` where there is no loop. */
  | { readonly kind: "loop"; readonly name: string };

export type Resolved = Found | Unresolved;

/** Where a text is looked up. Names of an iteration come first in args only; elsewhere they fill in. */
export interface ResolveOptions {
  readonly env: Env;
  readonly bindings?: Bindings;
  readonly role?: "input" | "output" | "arg";
}

/** The name in `$name`; `undefined` for plain text, to which `${NAME}` belongs. */
export function referenceName(text: string): string | undefined {
  return text.startsWith("$") && !text.startsWith("${") ? text.slice(1) : undefined;
}

/** Whether a resolution found something. */
export function isFound(resolved: Resolved): resolved is Found {
  return resolved.kind === "path" || resolved.kind === "url" || resolved.kind === "value";
}

/** A switch and one of its branches. */
export interface Branch {
  readonly step: SwitchStep;
  readonly branch: "then" | "else";
}

/** The switch and branch that `$route.then` names; `undefined` for every other text. */
export function branchOf(pipeline: Pipeline, text: string): Branch | undefined {
  // Most texts have no dot, and most pipelines no switch.
  return text.includes(".") && text.startsWith("$") ? branchNamed(pipeline, text.slice(1)) : undefined;
}

function branchNamed(pipeline: Pipeline, name: string): Branch | undefined {
  const dot = name.indexOf(".");
  if (dot < 0) return undefined;
  const [step, branch] = [switches(pipeline).get(name.slice(0, dot)), name.slice(dot + 1)];
  return step !== undefined && (branch === "then" || branch === "else") ? { step, branch } : undefined;
}

// One map for each pipeline, made at the first question: references are resolved by the ten thousand.
const switchMaps = new WeakMap<Pipeline, ReadonlyMap<string, SwitchStep>>();

function switches(pipeline: Pipeline): ReadonlyMap<string, SwitchStep> {
  let map = switchMaps.get(pipeline);
  if (map === undefined) {
    const steps = pipeline.steps.filter((step): step is SwitchStep => step.kind === "switch");
    switchMaps.set(pipeline, map = new Map(steps.map((step) => [step.name, step])));
  }
  return map;
}

/**
 * The file, folder or address of a data entry: its path inside its containers, from the base directory, variables put in.
 *
 * `{name}` without a dollar is passed on as it is.
 */
export function resolveData(pipeline: Pipeline, key: string, env: Env): Resolved {
  const style = pathStyle(pipeline.baseDir);
  let path = "";
  let depth = 0;
  for (let at: string | undefined = key; at !== undefined;) {
    const entry: DataEntry | undefined = pipeline.data.get(at);
    // A chain longer than there are entries goes round in a ring.
    if (entry === undefined || depth++ > pipeline.data.size) return { kind: "unknown", name: at };
    const expanded = expandEnv(entry.path, env);
    if ("missing" in expanded) return { kind: "unset", variable: expanded.missing, key: at };
    if (expanded.ok === "") return { kind: "empty", key: at };
    path = path === "" ? expanded.ok : within(expanded.ok, path);
    if (isUrl(path)) return { kind: "url", url: path, key };
    if (isAbsolute(path, style)) return { kind: "path", path: normalizePath(path, style), key };
    at = entry.nestedIn;
  }
  return { kind: "path", path: joinPath(pipeline.baseDir, path, style), key };
}

// A second slash would make another root of `/`.
function within(folder: string, path: string): string {
  return folder.endsWith("/") ? `${folder}${path}` : `${folder}/${path}`;
}

/** What a text of a step stands for: a `$reference`, or itself with its variables put in. */
export function resolveText(pipeline: Pipeline, text: string, options: ResolveOptions): Resolved {
  if (!text.includes("$")) return { kind: "value", value: text };
  const { env, bindings } = options;
  if (bindings !== undefined && isBound(text, bindings)) return lookUp(pipeline, text, options);
  const known = lookUps(pipeline, env);
  let resolved = known.get(text);
  if (resolved === undefined) known.set(text, resolved = lookUp(pipeline, text, { env }));
  return resolved;
}

function isBound(text: string, bindings: Bindings): boolean {
  return bindings.iteration !== undefined || text === "$loop_item" || text === "$loop_output";
}

function lookUp(pipeline: Pipeline, text: string, options: ResolveOptions): Resolved {
  const name = referenceName(text);
  if (name !== undefined) return resolveReference(pipeline, name, options);
  const expanded = expandEnv(text, options.env);
  return "ok" in expanded ? { kind: "value", value: expanded.ok } : { kind: "unset", variable: expanded.missing };
}

// The checks, the order and the command of a step ask for the same texts; outside loops the answer is always the same.
const lastLookUps = new WeakMap<Pipeline, { readonly env: Env; readonly known: Map<string, Resolved> }>();

function lookUps(pipeline: Pipeline, env: Env): Map<string, Resolved> {
  const last = lastLookUps.get(pipeline);
  if (last?.env === env) return last.known;
  const known = new Map<string, Resolved>();
  lastLookUps.set(pipeline, { env, known });
  return known;
}

/**
 * What `$name` stands for; `name` is without the dollar.
 *
 * Looked up in this order: the loop's item and output, values of the iteration, branches of switches, data, parameters.
 */
export function resolveReference(pipeline: Pipeline, name: string, options: ResolveOptions): Resolved {
  const { env, bindings, role } = options;
  const bound = bindings === undefined ? undefined : resolveBound(pipeline, name, options);
  if (bound !== undefined) return bound;
  const branch = branchNamed(pipeline, name);
  if (branch !== undefined) return resolvePayload(pipeline, branch.step, options);
  if (pipeline.data.has(name)) return resolveData(pipeline, name, env);
  const parameter = pipeline.parameters.get(name);
  if (parameter !== undefined) return resolveParameter(name, parameter, env);
  const value = role === "arg" ? undefined : bindings?.iteration?.values.get(name);
  if (value !== undefined) return { kind: "value", value };
  return unknownReference(pipeline, name);
}

function resolveBound(pipeline: Pipeline, name: string, options: ResolveOptions): Resolved | undefined {
  const { loop, iteration } = options.bindings ?? {};
  if (loop !== undefined && name === "loop_item") return { kind: "path", path: loop.item };
  if (loop !== undefined && name === "loop_output") return { kind: "path", path: loop.output };
  if (iteration === undefined) return undefined;
  const value = options.role === "arg" ? iteration.values.get(name) : undefined;
  // A value of an iteration is read as if it were written in the step: it may name data and variables.
  if (typeof value === "string") return resolveText(pipeline, value, { env: options.env, role: "arg" });
  if (value !== undefined) return { kind: "value", value };
  const path = iteration.paths.get(name);
  return path === undefined ? undefined : { kind: "path", path, key: name };
}

function resolveParameter(parameter: string, value: Value, env: Env): Resolved {
  if (typeof value !== "string") return { kind: "value", value, parameter };
  const expanded = expandEnv(value, env);
  if ("missing" in expanded) return { kind: "unset", variable: expanded.missing, parameter };
  return { kind: "value", value: expanded.ok, parameter };
}

// Switches may pass on the branches of other switches; a ring of them passes on nothing.
function resolvePayload(pipeline: Pipeline, step: SwitchStep, options: ResolveOptions): Resolved {
  const seen = new Set<string>();
  let from = step;
  while (from.data !== undefined && from.data !== "" && !seen.has(from.name)) {
    seen.add(from.name);
    const next = branchOf(pipeline, from.data);
    if (next === undefined) return payload(pipeline, resolveText(pipeline, from.data, options));
    from = next.step;
  }
  return { kind: "payload", step: from.name };
}

// A parameter that is passed on stays a value, so that an argument gets it as it is.
function payload(pipeline: Pipeline, resolved: Resolved): Resolved {
  return resolved.kind === "value" && resolved.parameter !== undefined ? resolved : asPath(pipeline, resolved);
}

function unknownReference(pipeline: Pipeline, name: string): Resolved {
  if (name === "loop_item" || name === "loop_output") return { kind: "loop", name };
  const step = name.includes(".") ? name.slice(0, name.indexOf(".")) : undefined;
  if (step !== undefined && switches(pipeline).has(step)) return { kind: "branch", name, step };
  return { kind: "unknown", name };
}

/** The same as a place: a value becomes the path or address that its text spells. */
export function asPath(pipeline: Pipeline, resolved: Resolved): Exclude<Resolved, { kind: "value" }> {
  if (resolved.kind !== "value") return resolved;
  const text = typeof resolved.value === "string" ? resolved.value : pyStr(resolved.value);
  if (isUrl(text)) return { kind: "url", url: text };
  return { kind: "path", path: joinPath(pipeline.baseDir, text) };
}

/** Where an input, an output, `loop.over` or `loop.into` is: a `$reference` or a path from the base directory. */
export function resolvePath(
  pipeline: Pipeline,
  text: string,
  options: ResolveOptions,
): Exclude<Resolved, { kind: "value" }> {
  return asPath(pipeline, resolveText(pipeline, text, options));
}

/** The script of a step: absolute, and whether it was written so. */
export function resolveScript(
  pipeline: Pipeline,
  task: string,
  env: Env,
): { readonly path: string; readonly absolute: boolean } | { readonly missing: string } {
  const expanded = expandEnv(task, env);
  if ("missing" in expanded) return expanded;
  const style = pathStyle(pipeline.baseDir);
  return { path: joinPath(pipeline.baseDir, expanded.ok, style), absolute: isAbsolute(expanded.ok, style) };
}
