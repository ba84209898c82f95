/**
 * The scripts of the open pipeline, and what they say of themselves.
 *
 * @module
 */

import { readValue } from "../../../core/edit/mod.ts";
import type { Pipeline, TaskStep } from "../../../core/graph/pipeline.ts";
import type { TaskSchema } from "../../../core/python/front_matter.ts";
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
      const { tasks } = await ask<{ tasks: readonly Task[] }>(`/api/tasks?path=${encodeURIComponent(path)}`);
      if (number === this.#asked) this.set(tasks);
    } catch (error) {
      // A file that is no YAML has no scripts; its problems are shown elsewhere.
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

/** Steps of all kinds that run a script, those of repeated groups too. */
export function taskSteps({ steps }: Pipeline): readonly TaskStep[] {
  return steps.flatMap((step) => step.kind === "task" ? [step] : step.kind === "repeated" ? step.steps : []);
}

/** The types that scripts declare for the handles of steps. */
export function typesIn(tasks: readonly Task[], pipeline: Pipeline): (step: string, handle: string) => string | undefined {
  const scripts = new Map(taskSteps(pipeline).map(({ name, task }) => [name, taskOf(tasks, task)]));
  return (step, handle) => {
    const [place, name] = handle.split(/:(.*)/s, 2);
    const task = scripts.get(step);
    const ports = place === "in" ? task?.inputs : place === "out" ? task?.outputs : undefined;
    return ports?.find((port) => port.name === name)?.type;
  };
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
