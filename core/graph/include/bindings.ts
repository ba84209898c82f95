/**
 * What an including file gives to the one it takes in.
 *
 * @module
 */

import { nearest, type Problem, type YamlPath } from "../../errors.ts";
import type { Joining } from "./join.ts";
import { readOverride } from "../parse/version.ts";
import { branchOf, referenceName } from "../resolve.ts";
import { pyStr, type Value } from "../../yaml/value.ts";

/** What stands in the place of a file's own parameters and data. */
export interface IncludeBindings {
  /** Own name to a name of the including file. */
  readonly names: ReadonlyMap<string, string>;
  readonly parameters: ReadonlyMap<string, Value>;
  /** Own name to a path, as the including file writes it. */
  readonly data: ReadonlyMap<string, string>;
}

/** The `parameters` and `data` of an include, looked up. */
export function bindingsOf(joining: Joining, onProblem: (problem: Problem) => void): IncludeBindings {
  const { inner, include, outer } = joining;
  const names = new Map<string, string>();
  const [parameters, data] = [new Map<string, Value>(), new Map<string, string>()];
  const read = (value: Value, owner: string) => readOverride(value, { version: outer.version, owner, onProblem });
  for (const [name, value] of include.parameters) {
    const at = [...include.at, "parameters", name];
    if (!inner.parameters.has(name)) onProblem(addedProblem(["parameter", name], inner.parameters.keys(), at));
    const reference = typeof value === "string" ? referenceOf(value) : undefined;
    if (reference === undefined) parameters.set(name, read(value, `parameter '${name}'`));
    else if (isKnown(joining, "parameters", reference)) names.set(name, reference);
    else onProblem(unknownProblem(reference, joining.whole.parameters.keys(), at));
  }
  for (const [key, text] of include.data) {
    const at = [...include.at, "data", key];
    if (!inner.data.has(key)) onProblem(addedProblem(["data entry", key], inner.data.keys(), at));
    const reference = referenceOf(text);
    if (reference === undefined) data.set(key, pyStr(read(text, `data entry '${key}'`)));
    else if (isKnown(joining, "data", reference)) names.set(key, reference);
    else onProblem(unknownProblem(reference, joining.whole.data.keys(), at));
  }
  return { names, parameters, data };
}

/** `$name`, or a `${name}` that is the whole text. */
function referenceOf(text: string): string | undefined {
  const braces = /^\$\{([^{}:$]+)\}$/.exec(text)?.[1].trim();
  return braces ?? (text.startsWith("$$") ? undefined : referenceName(text));
}

function isKnown({ whole, outer }: Joining, section: "parameters" | "data", name: string): boolean {
  return whole[section].has(name) || (section === "data" && branchOf(outer, `$${name}`) !== undefined);
}

function addedProblem([what, name]: readonly [string, string], known: Iterable<string>, path: YamlPath): Problem {
  const near = nearest(name, known);
  return {
    level: "warning",
    code: what === "parameter" ? "unknown-parameter" : "unknown-data",
    message: `The included file has no ${what} '${name}'; it is added`,
    hint: near === undefined ? undefined : `did you mean '${near}'?`,
    path,
  };
}

function unknownProblem(name: string, known: Iterable<string>, path: YamlPath): Problem {
  const near = nearest(name, known);
  return {
    level: "error",
    code: "unknown-reference",
    message: `Unknown reference '$${name}', given to an included file`,
    hint: near === undefined ? "name something of this file" : `did you mean '$${near}'?`,
    path,
  };
}
