/**
 * Everything a task is run with: the values of the file, of its sweep, of the iterations of its group.
 *
 * @module
 */

import type { YamlPath } from "../../errors.ts";
import { interpolatedNames } from "../../graph/interpolation.ts";
import type { Pipeline, TaskStep } from "../../graph/pipeline.ts";
import { referenceName } from "../../graph/resolve.ts";
import type { Value } from "../../yaml/value.ts";
import { type Facts, iterationBindings, type TaskFacts } from "./facts.ts";

/** A task with some values, and where those stand that are not in the step or its parameters. */
export interface Variant {
  readonly task: TaskFacts;
  /** Name to place of the values that this variant brings. */
  readonly places: ReadonlyMap<string, YamlPath>;
}

/** Iterations of one group that are looked at; those of a long one are alike. */
const MOST_ITERATIONS = 200;
const NOWHERE: ReadonlyMap<string, YamlPath> = new Map();

/** Hands out the variants of tasks of one pipeline. */
export class Variants {
  readonly #facts: Facts;
  readonly #swept: ReadonlyMap<string, readonly { readonly value: Value; readonly at: YamlPath }[]>;
  readonly #pipelines = new Map<string, Pipeline>();

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#swept = sweptValues(facts.pipeline);
  }

  /** First the task as it is, then with each other value of what it uses, one at a time. */
  *of(task: TaskFacts): Generator<Variant> {
    yield { task, places: this.#iterationPlaces(task, 0) };
    if (task.owner.kind === "repeated") yield* this.#iterations(task);
    if (this.#swept.size === 0) return;
    for (const name of namesIn(task.step)) {
      for (const [index, { value, at }] of (this.#swept.get(name) ?? []).entries()) {
        const { step, owner, bindings } = task;
        const pipeline = this.#with(name, index, value);
        yield { task: this.#facts.task(step, owner, bindings, pipeline), places: new Map([[name, at]]) };
      }
    }
  }

  *#iterations({ step, owner }: TaskFacts): Generator<Variant> {
    if (owner.kind !== "repeated") return;
    const seen = new Set<string>();
    for (const [i, values] of owner.iterations.slice(0, MOST_ITERATIONS).entries()) {
      if (i === 0 || values.size === 0) continue;
      const key = JSON.stringify([...values].map(([name, value]) => [name, String(value)]));
      if (seen.has(key)) continue;
      seen.add(key);
      const task = this.#facts.task(step, owner, iterationBindings(values));
      yield { task, places: this.#iterationPlaces(task, i) };
    }
  }

  #iterationPlaces({ owner }: TaskFacts, iteration: number): ReadonlyMap<string, YamlPath> {
    if (owner.kind !== "repeated") return NOWHERE;
    const names = [...owner.iterations[iteration]?.keys() ?? []];
    const at = [...owner.at, "multi_pass"];
    // Values are computed or listed: of `expressions` the nearest thing above `schedule` is the group's settings.
    return new Map(names.map((name) => [name, [...at, "schedule", iteration, name]]));
  }

  #with(name: string, index: number, value: Value): Pipeline {
    const key = `${index} ${name}`;
    let pipeline = this.#pipelines.get(key);
    if (pipeline === undefined) {
      const { pipeline: own } = this.#facts;
      pipeline = { ...own, parameters: new Map([...own.parameters, [name, value]]) };
      this.#pipelines.set(key, pipeline);
    }
    return pipeline;
  }
}

/** Every value that a sweep gives a parameter, with its place. */
function sweptValues({ matrix, steps }: Pipeline) {
  const swept = new Map<string, { readonly value: Value; readonly at: YamlPath }[]>();
  if (matrix === undefined) return swept;
  const add = (name: string, value: Value, at: YamlPath) => {
    const list = swept.get(name);
    if (list === undefined) swept.set(name, [{ value, at }]);
    else list.push({ value, at });
  };
  for (const [name, values] of matrix.grid) {
    const owner = steps.find((step) => step.name === matrix.owners?.get(name));
    values.forEach((value, i) => add(name, value, [...owner?.at ?? [], "matrix", name, i]));
  }
  for (const [name, values] of matrix.zip) values.forEach((value, i) => add(name, value, ["matrix", "zip", name, i]));
  matrix.include.forEach((point, i) => {
    for (const [name, value] of point) add(name, value, ["matrix", "include", i, name]);
  });
  return swept;
}

/** Names of parameters and data that the args of a task use. */
export function namesIn({ args, inputs, outputs }: TaskStep): readonly string[] {
  const names = new Set<string>();
  for (const text of [...args.values(), ...inputs.values(), ...outputs.values()]) {
    if (typeof text !== "string" || !text.includes("$")) continue;
    const name = referenceName(text);
    for (const each of name === undefined ? interpolatedNames(text) : [name]) names.add(each);
  }
  return [...names];
}
