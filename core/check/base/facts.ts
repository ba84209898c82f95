/**
 * What all rules look at: the pipeline with its steps looked up, who writes what, what scripts say.
 *
 * @module
 */

import type { Problem, YamlPath } from "../../errors.ts";
import { type Dependencies, dependencies, touchedBy } from "../../graph/dependencies.ts";
import type { Env } from "../../graph/env.ts";
import type { Pipeline, RepeatedStep, Step, TaskStep } from "../../graph/pipeline.ts";
import type { Bindings } from "../../graph/resolve.ts";
import { resolveScript } from "../../graph/resolve.ts";
import type { ResolvedTask } from "../../graph/resolve_task.ts";
import { dirname } from "../../paths.ts";
import type { FileReader } from "../../ports/files.ts";
import type { Value } from "../../yaml/value.ts";
import { comparable, resolveKnown } from "./resolved.ts";
import type { Script, Scripts } from "./scripts.ts";

/** Nobody reads more hints than this. */
const MOST_SUGGESTIONS = 50;

/** A rule: what it finds, in any order. */
export type Rule = (facts: Facts) => Iterable<Problem>;

/** A task, of the pipeline or of a repeated group. */
export interface TaskFacts {
  readonly step: TaskStep;
  /** The step that is known by name outside: itself or its group. */
  readonly owner: Step;
  /** Absolute; `undefined` if a variable in it is not set, or the file names none. */
  readonly path?: string;
  readonly script?: Script;
  /** With the first values of everything. What stands for nothing is `NOWHERE`, or left out of the args. */
  readonly resolved?: ResolvedTask;
  /** Whether an arg was left out. */
  readonly isPartial?: boolean;
  readonly bindings?: Bindings;
}

/** What facts are made of. */
export interface FactsParts {
  readonly pipeline: Pipeline;
  /** The document, as it was read. */
  readonly root: Value;
  readonly env: Env;
  readonly files: FileReader;
  readonly scripts: Scripts;
  /** Parameters that a person gave other values, which stand nowhere in the file. */
  readonly given: ReadonlySet<string>;
}

/** Worked out once, for all rules. */
export class Facts {
  readonly pipeline: Pipeline;
  readonly root: Value;
  readonly env: Env;
  readonly files: FileReader;
  readonly scripts: Scripts;
  readonly given: ReadonlySet<string>;
  readonly tasks: readonly TaskFacts[];
  readonly dependencies: Dependencies;
  /** Path that is written, `..` taken back, to the names of those who write it. */
  readonly writers: ReadonlyMap<string, readonly Step[]>;
  /** Every path that a step reads or writes, `..` taken back. */
  readonly touched: ReadonlySet<string>;
  /** Those that a step reads, and folders that one reads from. */
  readonly read: ReadonlySet<string>;
  #suggested = 0;
  /** Folders above what is written. */
  readonly #above: ReadonlySet<string>;

  constructor({ pipeline, root, env, files, scripts, given }: FactsParts) {
    [this.pipeline, this.root, this.env, this.files] = [pipeline, root, env, files];
    [this.scripts, this.given] = [scripts, given];
    this.tasks = pipeline.steps.flatMap((step) => this.#tasksOf(step));
    this.dependencies = dependencies(pipeline, env);
    const { writers, touched, read } = pathsOf(pipeline, env);
    [this.writers, this.touched, this.read] = [writers, touched, read];
    this.#above = foldersAbove(writers.keys());
  }

  /** Steps that write `path`, or a folder it lies in. */
  writersOf(path: string): readonly Step[] {
    for (let at = comparable(path);; at = dirname(at)) {
      const steps = this.writers.get(at);
      if (steps !== undefined) return steps;
      if (dirname(at) === at) return [];
    }
  }

  /** Whether a step writes `path`, a folder it lies in, or something in it. */
  isMade(path: string): boolean {
    return this.#above.has(comparable(path)) || this.writersOf(path).length > 0;
  }

  /** Whether to look for a similar name once more: that costs as much as there are names. */
  maySuggest(): boolean {
    return this.#suggested++ < MOST_SUGGESTIONS;
  }

  #tasksOf(step: Step): readonly TaskFacts[] {
    if (step.kind === "task") {
      return [this.task(step, step, step.loop === undefined ? undefined : { loop: { item: "/", output: "/" } })];
    }
    return step.kind === "repeated" ? step.steps.map((inner) => this.task(inner, step, firstIteration(step))) : [];
  }

  /** A task with other values. */
  task(step: TaskStep, owner: Step, bindings?: Bindings, pipeline: Pipeline = this.pipeline): TaskFacts {
    const script = step.task === "" ? undefined : resolveScript(pipeline, step.task, this.env);
    const path = script !== undefined && "path" in script ? script.path : undefined;
    return {
      step,
      owner,
      path,
      script: path === undefined ? undefined : this.scripts.read(path),
      ...(path === undefined ? {} : resolveKnown(pipeline, step, { env: this.env, bindings })),
      bindings,
    };
  }
}

/** The values of an iteration, at the paths that all of them share. */
export function iterationBindings(values: ReadonlyMap<string, Value>): Bindings {
  return { iteration: { values, paths: new Map(), feedback: new Map() } };
}

function firstIteration({ iterations }: RepeatedStep): Bindings {
  return iterationBindings(iterations[0] ?? new Map());
}

function pathsOf(pipeline: Pipeline, env: Env) {
  const writers = new Map<string, Step[]>();
  const touched = new Set<string>();
  const read = new Set<string>();
  touchedBy(pipeline, env).forEach(({ reads, writes }, at) => {
    for (const { path } of reads) {
      if (path === undefined) continue;
      const key = comparable(path);
      touched.add(key);
      read.add(key);
    }
    for (const { path } of writes) {
      if (path === undefined) continue;
      const key = comparable(path);
      touched.add(key);
      const steps = writers.get(key);
      if (steps === undefined) writers.set(key, [pipeline.steps[at]]);
      else if (steps.at(-1) !== pipeline.steps[at]) steps.push(pipeline.steps[at]);
    }
  });
  return { writers, touched, read };
}

function foldersAbove(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let at = dirname(path); !folders.has(at); at = dirname(at)) folders.add(at);
  }
  return folders;
}

/** The path of the script in the document: older files call it `script`. */
export function scriptPlace({ root }: Facts, step: TaskStep): YamlPath {
  let value: Value | undefined = root;
  for (const key of step.at) {
    value = Array.isArray(value) ? value[Number(key)] : value instanceof Map ? value.get(key) : undefined;
  }
  const isOlder = value instanceof Map && !value.get("task") && value.has("script");
  return [...step.at, isOlder ? "script" : "task"];
}
