/**
 * What a condition is asked about, looked up.
 *
 * @module
 */

import type { Env } from "./env.ts";
import type { Pipeline, SwitchStep } from "./pipeline.ts";
import {
  asPath,
  type Bindings,
  expandValue,
  type Found,
  referenceName,
  type Resolved,
  resolveText,
} from "./resolve.ts";
import { asFound } from "./resolved.ts";
import { unresolvedError } from "./unresolved.ts";
import { pyStr, type Value } from "../yaml/value.ts";

/** A condition of the pipeline, or the one that ends a repeated group. */
export interface Question {
  readonly name: string;
  readonly predicate?: string;
  readonly inputs: ReadonlyMap<string, string>;
  readonly args: ReadonlyMap<string, Value>;
}

/** Its inputs (files and folders absolute, parameters as they are) and the values of its args. */
export interface ResolvedQuestion {
  readonly inputs: ReadonlyMap<string, Found>;
  readonly args: ReadonlyMap<string, Value>;
}

/**
 * Look up what a condition is asked about. Plain texts among the inputs are paths, save for `param`, which takes values.
 *
 * @throws {LoomError} Naming step and place, if something cannot be told.
 */
export function resolveQuestion(
  pipeline: Pipeline,
  question: Question,
  options: { readonly env: Env; readonly bindings?: Bindings },
): ResolvedQuestion {
  const inputs = new Map<string, Found>();
  for (const [label, text] of question.inputs) {
    const resolved = resolveText(pipeline, text, { ...options, role: "input" });
    const isLiteral = resolved.kind === "value" && referenceName(text) === undefined;
    const found = isLiteral && question.predicate !== "param" ? asPath(pipeline, resolved) : resolved;
    inputs.set(label, known(pipeline, found, { step: question.name, place: `input '${label}'` }));
  }
  const args = new Map<string, Value>();
  for (const [name, value] of question.args) {
    const resolved = typeof value === "string"
      ? resolveText(pipeline, value, { ...options, role: "arg" })
      : asFound(expandValue(pipeline, value, options));
    args.set(name, asValue(known(pipeline, resolved, { step: question.name, place: `arg '${name}'` })));
  }
  return { inputs, args };
}

/** What decides a switch: a condition by name, or a value that is true or false by {@linkcode isTrue}. */
export type Decider =
  | { readonly kind: "condition"; readonly name: string }
  | { readonly kind: "value"; readonly value: Value };

/**
 * What decides a switch. Conditions come first; their dollar may be missing.
 *
 * @throws {LoomError} Naming the switch, if its condition cannot be told.
 */
export function resolveDecider(pipeline: Pipeline, step: SwitchStep, env: Env): Decider {
  const name = referenceName(step.condition) ?? step.condition;
  if (pipeline.steps.some((other) => other.kind === "condition" && other.name === name)) {
    return { kind: "condition", name };
  }
  const resolved = resolveText(pipeline, step.condition, { env, role: "arg" });
  return { kind: "value", value: asValue(known(pipeline, resolved, { step: step.name, place: "condition" })) };
}

/** A found thing as one value: a path or address is its text. */
export function asValue(found: Found): Value {
  if (found.kind === "value") return found.value;
  return found.kind === "path" ? found.path : found.url;
}

const FALSE_WORDS = new Set(["", "0", "false", "no", "off", "none", "null"]);

/** Whether a value means yes: not false, 0, null, empty, or a word for no in any case. */
export function isTrue(value: Value): boolean {
  if (value === null) return false;
  if (typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Map) return value.size > 0;
  const text = pyStr(value).trim().toLowerCase();
  return typeof value === "string" ? !FALSE_WORDS.has(text) : Number(text) !== 0;
}

function known(
  pipeline: Pipeline,
  resolved: Resolved,
  where: { readonly step: string; readonly place: string },
): Found {
  if (resolved.kind === "path" || resolved.kind === "url" || resolved.kind === "value") return resolved;
  throw unresolvedError(pipeline, resolved, where);
}
