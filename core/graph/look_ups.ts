/**
 * What was looked up before, for as long as the pipeline and the environment are the same.
 *
 * @module
 */

import type { Env } from "./env.ts";
import type { Whole } from "./expand.ts";
import type { Pipeline } from "./pipeline.ts";
import type { Bindings, Resolved, Unresolved } from "./resolved.ts";

interface Known {
  readonly env: Env;
  readonly texts: Map<string, Resolved>;
  /** By what is bound, or by the environment where nothing is. */
  readonly names: WeakMap<object, Map<string, Whole | Unresolved>>;
}

const last = new WeakMap<Pipeline, Known>();

function knownOf(pipeline: Pipeline, env: Env): Known {
  let known = last.get(pipeline);
  if (known?.env !== env) last.set(pipeline, known = { env, texts: new Map(), names: new WeakMap() });
  return known;
}

/** Texts. The checks, the order and the command of a step ask for the same ones; outside loops the answer stays. */
export function lookUps(pipeline: Pipeline, env: Env): Map<string, Resolved> {
  return knownOf(pipeline, env).texts;
}

/** Names inside texts, each looked up once: texts that name others twice would be looked up without end. */
export function knownTexts(
  pipeline: Pipeline,
  { env, bindings }: { readonly env: Env; readonly bindings?: Bindings },
): Map<string, Whole | Unresolved> {
  const { names } = knownOf(pipeline, env);
  const home = bindings ?? env;
  let known = names.get(home);
  if (known === undefined) names.set(home, known = new Map());
  return known;
}
