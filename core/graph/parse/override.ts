/**
 * Values given on the command line in place of the file's.
 *
 * @module
 */

import type { Problem } from "../../errors.ts";
import { didYouMean } from "./section.ts";
import type { DataEntry, Pipeline } from "../pipeline.ts";
import { isInterpolated } from "../expand.ts";
import { readOverride } from "./version.ts";
import { pyStr, type Value } from "../../yaml/value.ts";

/** Values given on the command line in place of the file's. */
export interface Overrides {
  readonly parameters: ReadonlyMap<string, Value>;
  /** Data key to path. */
  readonly data: ReadonlyMap<string, string>;
}

/**
 * The pipeline with `overrides` in it. An entry of `data` keeps all but its path. Unknown names are added, with a
 * warning each. The values of a repeated group's iterations are not parameters and stay as they are.
 */
export function applyOverrides(
  pipeline: Pipeline,
  overrides: Overrides,
): { readonly pipeline: Pipeline; readonly problems: readonly Problem[] } {
  const problems = [...parameterWarnings(pipeline, overrides), ...dataWarnings(pipeline, overrides)];
  const onProblem = (problem: Problem) => problems.push(problem);
  const read = (value: Value, owner: string) =>
    isInterpolated(pipeline) ? readOverride(value, { version: pipeline.version, owner, onProblem }) : value;
  const parameters = new Map(pipeline.parameters);
  for (const [name, value] of overrides.parameters) parameters.set(name, read(value, `parameter '${name}'`));
  const data = new Map(pipeline.data);
  for (const [key, text] of overrides.data) {
    const path = pyStr(read(text, `data entry '${key}'`));
    data.set(key, { ...(data.get(key) ?? newEntry(key)), path });
  }
  return { pipeline: { ...pipeline, parameters, data }, problems };
}

/** Comes from no place in the file, so it points at the file as a whole. */
function newEntry(key: string): DataEntry {
  return { key, path: "", allowOutside: false, at: [] };
}

function* parameterWarnings({ parameters, data }: Pipeline, overrides: Overrides): Generator<Problem> {
  for (const name of overrides.parameters.keys()) {
    if (data.has(name) || overrides.data.has(name)) {
      const message = `Parameter '${name}' has no effect: '$${name}' is the data entry of that name`;
      yield { level: "warning", code: "shadowed-parameter", message, hint: `use --var ${name}=PATH` };
    } else if (!parameters.has(name)) {
      const hint = didYouMean(name, parameters.keys());
      yield { level: "warning", code: "unknown-parameter", message: `Unknown parameter '${name}' is added`, hint };
    }
  }
}

function* dataWarnings({ parameters, data }: Pipeline, overrides: Overrides): Generator<Problem> {
  for (const key of overrides.data.keys()) {
    if (data.has(key)) continue;
    const isParameter = parameters.has(key);
    const hint = isParameter ? `'${key}' is a parameter: use --set ${key}=VALUE` : didYouMean(key, data.keys());
    yield { level: "warning", code: "unknown-data", message: `Unknown data entry '${key}' is added`, hint };
  }
}
