/**
 * The values that a `when` asks about.
 *
 * @module
 */

import type { Env } from "./env.ts";
import { isInterpolated } from "./expand.ts";
import type { IncludedFile, Pipeline } from "./pipeline.ts";
import { asValue } from "./question.ts";
import { isFound, parameterValue } from "./resolve.ts";
import type { Value } from "../yaml/value.ts";

const known = new WeakMap<
  Pipeline,
  { readonly env: Env; readonly byPrefix: Map<string, ReadonlyMap<string, Value>> }
>();

/** Parameters by the names that the `when` of a step knows them by: in a file that was taken in, by its own. */
export function whenValues(pipeline: Pipeline, step: string, env: Env): ReadonlyMap<string, Value> {
  if (!isInterpolated(pipeline)) return pipeline.parameters;
  const home = homeOf(pipeline, step);
  let book = known.get(pipeline);
  if (book?.env !== env) known.set(pipeline, book = { env, byPrefix: new Map() });
  const prefix = home?.prefix ?? "";
  let values = book.byPrefix.get(prefix);
  if (values === undefined) book.byPrefix.set(prefix, values = valuesIn(pipeline, home, env));
  return values;
}

/** The file that a step came from; `undefined`: the pipeline's own, or one that came in without a prefix. */
export function homeOf({ included = [] }: Pipeline, step: string): IncludedFile | undefined {
  let home: IncludedFile | undefined;
  for (const file of included) {
    const isLonger = file.prefix.length > (home?.prefix.length ?? 0);
    if (isLonger && step.startsWith(`${file.prefix}/`)) home = file;
  }
  return home;
}

function valuesIn(pipeline: Pipeline, home: IncludedFile | undefined, env: Env): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  for (const name of pipeline.parameters.keys()) values.set(name, valueOf(pipeline, name, env));
  for (const [own, here] of home?.parameters ?? []) values.set(own, valueOf(pipeline, here, env));
  return values;
}

/** What cannot be told stays as it is written, as in version 1. */
function valueOf(pipeline: Pipeline, name: string, env: Env): Value {
  const found = parameterValue(pipeline, name, env);
  return found !== undefined && isFound(found) ? asValue(found) : pipeline.parameters.get(name) ?? null;
}
