/**
 * The scripts of the open pipeline, and what they say of themselves.
 *
 * @module
 */

import { readValue } from "../../../core/edit/mod.ts";
import type { Pipeline } from "../../../core/graph/pipeline.ts";
import type { TaskSchema } from "../../../core/python/front_matter.ts";
import type { TaskFacts } from "../../graph/canvas.ts";
import { Store } from "../../graph/store.ts";
import { ask, ServerError } from "../api/client.ts";
import type { Task } from "../api/types.ts";

/** By name, those of the folder first. */
export class TaskStore extends Store<readonly Task[]> {
  #asked = 0;

  constructor() {
    super([]);
  }

  async load(path: string): Promise<void> {
    const number = ++this.#asked;
    try {
      const { tasks } = await ask("GET /api/tasks", { query: { path } });
      if (number === this.#asked) this.set(tasks);
    } catch (error) {
      // Without scripts everything else is shown all the same.
      if (!(error instanceof ServerError)) throw error;
      if (number === this.#asked) this.set([]);
    }
  }

  /** The script of a step. */
  of(script: string): Task | undefined {
    return taskOf(this.get(), script);
  }
}

/** The script that a step means: by its whole path, else by its folder and name. */
export function taskOf(tasks: readonly Task[], script: string): Task | undefined {
  const plain = (path: string) => path.replace(/^\.\//, "");
  const wanted = plain(script);
  const tail = wanted.split("/").slice(-2).join("/");
  return tasks.find((task) => plain(task.script) === wanted) ??
    tasks.find((task) => task.script.split("/").slice(-2).join("/") === tail);
}

/** All steps in file order, those of a repeated group, with its name, in its place. */
export function allSteps({ steps }: Pipeline): readonly { readonly name: string; readonly group?: string }[] {
  return steps.flatMap((step): readonly { readonly name: string; readonly group?: string }[] =>
    step.kind === "repeated" ? step.steps.map(({ name }) => ({ name, group: step.name })) : [{ name: step.name }]
  );
}

/** What scripts declare, as the canvas shows it. */
export function declaredBy(tasks: readonly Task[]): (script: string) => TaskFacts | undefined {
  const known = new Map<string, TaskFacts | undefined>();
  return (script) => {
    if (!known.has(script)) known.set(script, factsOf(taskOf(tasks, script)));
    return known.get(script);
  };
}

function factsOf(task: Task | undefined): TaskFacts | undefined {
  if (task === undefined || task.told === "nothing") return undefined;
  const ports = (list: Task["inputs"]) => new Map(list.map(({ name, type }) => [name, type]));
  const args = new Map(task.args.map(({ flag, type }) => [flag, type]));
  const required = new Set(task.args.filter(({ required }) => required).map(({ flag }) => flag));
  return { inputs: ports(task.inputs), outputs: ports(task.outputs), args, required };
}

/** A script as a new step is made of it. */
export function schemaOf(
  task: Task,
): Pick<TaskSchema, "name" | "inputs" | "outputs" | "args"> & { readonly script: string } {
  const ports = (list: Task["inputs"]) => new Map(list.map(({ name, ...port }) => [name, port]));
  const args = task.args.map(({ flag, type, required, description, default: preset }) =>
    [flag, { type, required, description, ...(preset !== undefined && { default: readValue(preset).value }) }] as const
  );
  return {
    name: task.name,
    script: task.script,
    inputs: ports(task.inputs),
    outputs: ports(task.outputs),
    args: new Map(args),
  };
}
