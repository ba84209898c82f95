/**
 * What came of looking something up.
 *
 * @module
 */

import type { Uses, Whole } from "./expand.ts";
import { isUrl, joinPath } from "../paths.ts";
import type { Pipeline } from "./pipeline.ts";
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
  & { readonly uses?: Uses }
  & (
    | { readonly kind: "path"; readonly path: string; readonly key?: string }
    | { readonly kind: "url"; readonly url: string; readonly key?: string }
    | { readonly kind: "value"; readonly value: Value; readonly parameter?: string }
  );

/** In what the fault is, when it is not in the text itself. */
export interface Holder {
  readonly key?: string;
  readonly parameter?: string;
}

/** Why something stands for nothing. */
export type Unresolved =
  & Holder
  & (
    /** `between` tells that the name stood in braces, and whether a variable has it. */
    | { readonly kind: "unknown"; readonly name: string; readonly between?: { readonly isVariable: boolean } }
    /** A variable that is not set. */
    | { readonly kind: "unset"; readonly variable: string }
    /** Texts that are put into each other in a circle. */
    | { readonly kind: "circle"; readonly names: readonly string[] }
    /** A data entry without a path. */
    | { readonly kind: "empty"; readonly key: string }
    /** `$switch.word` with a word other than `then` and `else`. */
    | { readonly kind: "branch"; readonly name: string; readonly step: string }
    /** A switch that passes nothing on, or only itself. */
    | { readonly kind: "payload"; readonly step: string }
    /** `$loop_item` or `$loop_output` where there is no loop. */
    | { readonly kind: "loop"; readonly name: string }
    /** `${sweep.id}` where nothing is swept. */
    | { readonly kind: "sweep"; readonly name: string }
    /** A text that grows beyond all measure. */
    | { readonly kind: "long" }
  );

/** Something found, or why not. */
export type Resolved = Found | Unresolved;

/** The name in `$name`; `undefined` for plain text, to which `${NAME}` belongs. */
export function referenceName(text: string): string | undefined {
  return text.startsWith("$") && !text.startsWith("${") ? text.slice(1) : undefined;
}

/** Whether a resolution found something. */
export function isFound(resolved: Resolved): resolved is Found {
  return resolved.kind === "path" || resolved.kind === "url" || resolved.kind === "value";
}

/** Nearly all texts are put together of nothing, and then nothing is said of it. */
export function using(uses: Uses | undefined): { readonly uses?: Uses } {
  return uses === undefined ? {} : { uses };
}

/** The fault is in what is nearest to it. */
export function heldBy(holder: Holder, unresolved: Unresolved): Unresolved {
  return unresolved.key === undefined && unresolved.parameter === undefined ? { ...unresolved, ...holder } : unresolved;
}

/** What two texts together were put together from. */
export function joined(a: Uses | undefined, b: Uses | undefined): Uses | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    parameters: new Map([...a.parameters, ...b.parameters]),
    names: new Set([...a.names, ...b.names]),
  };
}

/** A found thing as one value: a path or address is its text. */
export function valueOf(found: Found): Value {
  return found.kind === "value" ? found.value : found.kind === "path" ? found.path : found.url;
}

/** A value as it stands in a text. */
export function asText(value: Value): string {
  return typeof value === "string" ? value : pyStr(value);
}

/** A text or value as something found. */
export function asFound(
  made: Whole | { readonly value: Value; readonly uses?: Uses } | Unresolved,
): Resolved {
  if ("kind" in made) return made;
  return { kind: "value", value: "ok" in made ? made.ok : made.value, ...using(made.uses) };
}

/** The same as a place: a value becomes the path or address that its text spells. */
export function asPath(pipeline: Pipeline, resolved: Resolved): Exclude<Resolved, { kind: "value" }> {
  if (resolved.kind !== "value") return resolved;
  const text = asText(resolved.value);
  const uses = using(resolved.uses);
  if (isUrl(text)) return { kind: "url", url: text, ...uses };
  return { kind: "path", path: joinPath(pipeline.baseDir, text), ...uses };
}

/** What is missing, in a word or a few. */
export function missingIn(unresolved: Unresolved): string {
  switch (unresolved.kind) {
    case "unset":
      return unresolved.variable;
    case "circle":
      return unresolved.names.join(" → ");
    case "empty":
      return unresolved.key;
    case "payload":
      return unresolved.step;
    case "long":
      return "a shorter text";
    default:
      return unresolved.name;
  }
}
