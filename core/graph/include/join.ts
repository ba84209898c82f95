/**
 * One pipeline taken into another.
 *
 * @module
 */

import type { Problem } from "../../errors.ts";
import type { Include, Pipeline } from "../pipeline.ts";
import { bindingsOf } from "./bindings.ts";
import { renamed } from "./rename.ts";

/** Names that a message about a clash lists before it counts the others. */
const SHOWN = 3;

/** What is joined; all texts are in the form of version 2. */
export interface Joining {
  /** The including file alone. */
  readonly outer: Pipeline;
  /** The same, with what it has taken in so far in front; its own steps are not in it. */
  readonly whole: Pipeline;
  readonly inner: Pipeline;
  readonly include: Include;
}

/** The whole with one more file in it. */
export function joined(joining: Joining, note: (problem: Problem) => void): Pipeline {
  const { whole, include } = joining;
  const problems: Problem[] = [];
  const part = renamed(joining, bindingsOf(joining, (problem) => problems.push(problem)));
  const all = [...problems, ...clashes(joining, part), ...ignored(joining)];
  for (const problem of all) note({ ...problem, path: problem.path ?? include.at });
  return {
    ...whole,
    data: new Map([...part.data, ...whole.data]),
    parameters: new Map([...part.parameters, ...whole.parameters]),
    steps: [...whole.steps, ...part.steps.filter(({ name }) => !isTaken(joining, name))],
    groups: [...new Set([...whole.groups, ...part.groups])],
    metrics: [...whole.metrics, ...part.metrics],
    execution: { ...whole.execution, resources: new Map([...part.execution.resources, ...whole.execution.resources]) },
    included: [...whole.included ?? [], ...part.included ?? []],
  };
}

function isTaken({ outer, whole }: Joining, name: string): boolean {
  return outer.steps.some((step) => step.name === name) || whole.steps.some((step) => step.name === name);
}

function* clashes({ outer, whole, include }: Joining, part: Pipeline): Generator<Problem> {
  const steps = new Set([...outer.steps, ...whole.steps].map(({ name }) => name));
  const kinds: readonly (readonly [string, Iterable<string>, { has(name: string): boolean }])[] = [
    ["step", part.steps.map(({ name }) => name), steps],
    ["data entry", part.data.keys(), whole.data],
    ["parameter", part.parameters.keys(), whole.parameters],
  ];
  for (const [kind, names, taken] of kinds) {
    const twice = [...names].filter((name) => taken.has(name));
    if (twice.length === 0) continue;
    const shown = twice.slice(0, SHOWN).map((name) => `'${name}'`).join(", ");
    const more = twice.length > SHOWN ? ` and ${twice.length - SHOWN} more` : "";
    yield {
      level: "error",
      code: "include-clash",
      message: `Include of ${include.file}: the name of a ${kind} is taken already: ${shown}${more}`,
      hint: include.prefix === "" ? "give it a 'prefix'" : "give it another 'prefix'",
    };
  }
}

/** Settings of an included file that would change how the whole is run are not taken over. */
function* ignored({ outer, inner, include }: Joining): Generator<Problem> {
  const [own, other] = [outer.execution, inner.execution];
  const isSaid = { parallel: other.parallel, maxWorkers: other.maxWorkers, python: other.python, cache: other.cache };
  const words = { parallel: "parallel", maxWorkers: "max_workers", python: "python", cache: "cache" } as const;
  const keys = (["parallel", "maxWorkers", "python", "cache"] as const)
    .filter((key) => isSaid[key] !== undefined && isSaid[key] !== false && isSaid[key] !== own[key])
    .map((key) => `execution.${words[key]}`);
  const names = inner.matrix === undefined ? keys : [...keys, "matrix"];
  if (names.length === 0) return;
  yield {
    level: "hint",
    code: "include-ignored",
    message: `Include of ${include.file}: its ${names.join(", ")} ${
      names.length === 1 ? "has" : "have"
    } no effect here`,
    hint: "write it in the file that is run, if it is wanted",
  };
}
