/**
 * What the texts of a pipeline stand for: `$references`, `${VARIABLES}`, paths and addresses.
 *
 * @module
 */

import { branchNamed, branchOf, switches } from "./branches.ts";
import type { Env } from "./env.ts";
import { pathOfEntry } from "./data_text.ts";
import { knownTexts, lookUps } from "./look_ups.ts";
import { expandText, isInterpolated, type Uses, type Whole } from "./expand.ts";
import { wholeName } from "./interpolation.ts";
import { mapValue } from "./map_texts.ts";
import { isAbsolute, isUrl, joinPath, normalizePath, pathStyle } from "../paths.ts";
import type { Pipeline, SwitchStep } from "./pipeline.ts";
import {
  asFound,
  asPath,
  asText,
  type Bindings,
  type Found,
  heldBy,
  isFound,
  joined,
  missingIn,
  referenceName,
  type Resolved,
  type Unresolved,
  using,
  valueOf,
} from "./resolved.ts";
import type { Value } from "../yaml/value.ts";

export { type Branch, branchOf } from "./branches.ts";
export {
  asPath,
  type Bindings,
  type Found,
  isFound,
  type IterationBinding,
  type LoopBinding,
  referenceName,
  type Resolved,
  type Unresolved,
} from "./resolved.ts";

/** Where a text is looked up. Names of an iteration come first in args only; elsewhere they fill in. */
export interface ResolveOptions {
  readonly env: Env;
  readonly bindings?: Bindings;
  readonly role?: "input" | "output" | "arg";
  /** Names that the text is put into, so that a circle is noticed. */
  readonly within?: readonly string[];
}

/**
 * The file, folder or address of a data entry: its path inside its containers, from the base directory, variables put in.
 *
 * `{name}` without a dollar is passed on as it is.
 */
export function resolveData(
  pipeline: Pipeline,
  key: string,
  env: Env,
  within: readonly string[] = [],
): Exclude<Resolved, { kind: "value" }> {
  const found = dataText(pipeline, key, { env, within });
  if (!("ok" in found)) return found;
  const { ok: path, uses } = found;
  const style = pathStyle(pipeline.baseDir);
  if (isUrl(path)) return { kind: "url", url: path, key, ...using(uses) };
  const whole = isAbsolute(path, style) ? normalizePath(path, style) : joinPath(pipeline.baseDir, path, style);
  return { kind: "path", path: whole, key, ...using(uses) };
}

function dataText(
  pipeline: Pipeline,
  key: string,
  { env, within }: { readonly env: Env; readonly within: readonly string[] },
): Whole | Unresolved {
  return pathOfEntry(pipeline, key, (text, at) => expand(pipeline, text, { env, within: [...within, at] }));
}

/** What a text of a step stands for: a `$reference`, or itself with its variables put in. */
export function resolveText(pipeline: Pipeline, text: string, options: ResolveOptions): Resolved {
  if (!text.includes("$")) return { kind: "value", value: text };
  const { env, bindings } = options;
  if (bindings !== undefined && isBound(text, bindings)) return lookUp(pipeline, text, options);
  if (options.within !== undefined) return lookUp(pipeline, text, options);
  const known = lookUps(pipeline, env);
  // Only what is put together of names depends on where it stands.
  const role = options.role === "arg" && text.includes("${") ? "arg" : undefined;
  const key = role === undefined ? text : `\0${text}`;
  let resolved = known.get(key);
  if (resolved === undefined) known.set(key, resolved = lookUp(pipeline, text, { env, role }));
  return resolved;
}

function isBound(text: string, bindings: Bindings): boolean {
  return bindings.iteration !== undefined || text === "$loop_item" || text === "$loop_output" ||
    text.includes("${loop_");
}

function lookUp(pipeline: Pipeline, text: string, options: ResolveOptions): Resolved {
  const name = referenceName(text);
  if (name !== undefined) return resolveReference(pipeline, name, options);
  return lookUpPlain(pipeline, text, options);
}

/** The text with its variables put in, and under version 2 what its names stand for. */
export function expand(pipeline: Pipeline, text: string, options: ResolveOptions): Whole | Unresolved {
  return expandText(pipeline, text, { env: options.env, textOf: (name) => textOf(pipeline, name, options) });
}

/** A value with the texts in it expanded under version 2, those in lists and maps too. */
export function expandValue(
  pipeline: Pipeline,
  value: Value,
  options: ResolveOptions,
): { readonly value: Value; readonly uses?: Uses } | Unresolved {
  if (typeof value !== "object" || value === null || !isInterpolated(pipeline)) return { value };
  let failed: Unresolved | undefined;
  let uses: Uses | undefined;
  const made = mapValue(value, (text) => {
    const found = parameterText(pipeline, text, { ...options, role: "arg", within: options.within ?? [] });
    if (!isFound(found)) failed ??= found;
    else uses = joined(joined(uses, found.uses), found.kind === "value" ? undefined : reading(wholeName(text)!));
    return isFound(found) ? valueOf(found) : text;
  }, { role: "plain", at: [], bound: new Set() });
  return failed ?? { value: made, ...using(uses) };
}

/** What a name stands for inside a text: an entry's path as it would be passed in args, as it is written elsewhere. */
function textOf(pipeline: Pipeline, name: string, options: ResolveOptions): Whole | Unresolved {
  const known = knownTexts(pipeline, options);
  const key = options.role === "arg" ? `\0${name}` : name;
  let found = known.get(key);
  if (found === undefined) known.set(key, found = lookUpText(pipeline, name, options));
  return found;
}

function lookUpText(pipeline: Pipeline, name: string, options: ResolveOptions): Whole | Unresolved {
  const { env, within = [], role } = options;
  if (within.includes(name)) return { kind: "circle", names: [...within.slice(within.indexOf(name)), name] };
  const isPlainPath = role !== "arg" && options.bindings?.iteration?.paths.has(name) !== true &&
    branchNamed(pipeline, name) === undefined && pipeline.data.has(name);
  if (isPlainPath) {
    const found = dataText(pipeline, name, { env, within });
    return "ok" in found ? { ok: found.ok, ...using(joined(found.uses, reading(name))) } : found;
  }
  const found = resolveReference(pipeline, name, { ...options, within });
  if (found.kind === "unknown" && found.name === name && found.key === undefined && found.parameter === undefined) {
    return { ...found, between: { isVariable: env[name] !== undefined } };
  }
  if (!isFound(found)) return found;
  const text = asText(valueOf(found));
  const isBound = name === "loop_item" || name === "loop_output";
  const own = found.kind === "value" ? parameterUse(found, name) : isBound ? undefined : reading(name);
  return { ok: text, ...using(joined(found.uses, own)) };
}

// Of parameters that are put together of others, those others tell why they change.
function parameterUse(found: Extract<Found, { kind: "value" }>, name: string): Uses | undefined {
  const isPutTogether = (found.uses?.parameters.size ?? 0) > 0;
  if (found.parameter === undefined || isPutTogether) return undefined;
  return { parameters: new Map([[name, asText(found.value)]]), names: new Set() };
}

function reading(name: string): Uses {
  return { parameters: new Map(), names: new Set([name]) };
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
  if (pipeline.data.has(name)) return resolveData(pipeline, name, env, options.within);
  const parameter = pipeline.parameters.get(name);
  if (parameter !== undefined) return resolveParameter(pipeline, name, { ...options, value: parameter });
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
  if (typeof value === "string") return boundText(pipeline, name, { ...options, value });
  if (value !== undefined) return { kind: "value", value };
  const path = iteration.paths.get(name);
  return path === undefined ? undefined : { kind: "path", path, key: name };
}

// Under version 2 it may also name other values of the iteration, but not itself.
function boundText(pipeline: Pipeline, name: string, options: ResolveOptions & { readonly value: string }): Resolved {
  const { env, bindings, value, within = [] } = options;
  if (!isInterpolated(pipeline)) return resolveText(pipeline, value, { env, role: "arg" });
  if (within.includes(name)) return { kind: "circle", names: [...within.slice(within.indexOf(name)), name] };
  return resolveText(pipeline, value, { env, bindings, role: "arg", within: [...within, name] });
}

/** What a parameter stands for, also where a data entry has its name; `undefined` if there is none. */
export function parameterValue(pipeline: Pipeline, name: string, env: Env): Resolved | undefined {
  const value = pipeline.parameters.get(name);
  return value === undefined ? undefined : resolveParameter(pipeline, name, { env, role: "arg", value });
}

function resolveParameter(
  pipeline: Pipeline,
  parameter: string,
  options: ResolveOptions & { readonly value: Value },
): Resolved {
  const { value, ...rest } = options;
  const inside = { ...rest, within: [...options.within ?? [], parameter] };
  const found = typeof value === "string"
    ? parameterText(pipeline, value, inside)
    : asFound(expandValue(pipeline, value, inside));
  if (!isFound(found)) return heldBy({ parameter }, found);
  return found.kind === "value" ? { ...found, parameter } : found;
}

// A parameter that is another one as a whole has its type, and one that is a data entry is that file.
function parameterText(
  pipeline: Pipeline,
  text: string,
  options: ResolveOptions & { readonly within: readonly string[] },
) {
  const name = isInterpolated(pipeline) ? wholeName(text) : undefined;
  if (name === undefined) return lookUpPlain(pipeline, text, options);
  const { within } = options;
  if (within.includes(name)) return { kind: "circle", names: [...within.slice(within.indexOf(name)), name] } as const;
  const found = resolveReference(pipeline, name, options);
  if (found.kind !== "value") return found.kind === "unknown" ? lookUpPlain(pipeline, text, options) : found;
  return { ...found, ...using(joined(found.uses, parameterUse(found, name))) };
}

function lookUpPlain(pipeline: Pipeline, text: string, options: ResolveOptions): Resolved {
  return asFound(expand(pipeline, text, options));
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
  if (name.startsWith("sweep.")) return { kind: "sweep", name };
  const step = name.includes(".") ? name.slice(0, name.lastIndexOf(".")) : undefined;
  if (step !== undefined && switches(pipeline).has(step)) return { kind: "branch", name, step };
  return { kind: "unknown", name };
}

/** Where an input, an output, `loop.over` or `loop.into` is: a `$reference` or a path from the base directory. */
export function resolvePath(
  pipeline: Pipeline,
  text: string,
  options: ResolveOptions,
): Exclude<Resolved, { kind: "value" }> {
  return asPath(pipeline, resolveText(pipeline, text, options));
}

/** The script of a step: absolute, and whether it was written so; or what is missing for that. */
export function resolveScript(
  pipeline: Pipeline,
  task: string,
  env: Env,
):
  | { readonly path: string; readonly absolute: boolean; readonly uses?: Uses }
  | { readonly missing: string; readonly unresolved: Unresolved } {
  const expanded = expand(pipeline, task, { env });
  if (!("ok" in expanded)) return { missing: missingIn(expanded), unresolved: expanded };
  const style = pathStyle(pipeline.baseDir);
  const { ok: text, uses } = expanded;
  return { path: joinPath(pipeline.baseDir, text, style), absolute: isAbsolute(text, style), ...using(uses) };
}
