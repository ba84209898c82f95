/**
 * Which files a step reads and writes, as names that can be compared: the same file has the same name.
 *
 * @module
 */

import type { Env } from "./env.ts";
import { collapsePath } from "../paths.ts";
import type { ConditionStep, Pipeline, RepeatedStep, Step, SwitchStep, TaskStep } from "./pipeline.ts";
import { asPath, branchOf, referenceName, type Resolved, resolveData, resolveScript, resolveText } from "./resolve.ts";
import type { Value } from "../yaml/value.ts";

/** A file, folder or address. The same one has the same `id`; `containers` are ids of the folders it is nested in. */
export interface Place {
  /** Counted from 0 in each {@linkcode Places}. */
  readonly id: number;
  readonly containers: readonly number[];
  /** Absolute path, if it has one. */
  readonly path?: string;
}

/** What a step touches. `after` names steps whose decision it waits for. */
export interface Touched {
  readonly reads: readonly Place[];
  readonly writes: readonly Place[];
  readonly after: readonly string[];
}

const LOOP_NAMES: ReadonlySet<string> = new Set(["loop_item", "loop_output"]);
const NONE: ReadonlySet<string> = new Set();
const NO_CONTAINERS: readonly number[] = [];

/** A {@linkcode Touched} that is being put together. */
interface Touching {
  readonly reads: Place[];
  readonly writes: Place[];
  readonly after: string[];
}

/** Tells what steps of one pipeline touch; each text is looked up once, because many steps share few files. */
export class Places {
  readonly #pipeline: Pipeline;
  readonly #env: Env;
  readonly #texts = new Map<string, readonly Place[]>();
  readonly #scripts = new Map<string, readonly Place[]>();
  readonly #ids = new Map<string, number>();
  readonly #conditions: ReadonlySet<string>;

  constructor(pipeline: Pipeline, env: Env) {
    this.#pipeline = pipeline;
    this.#env = env;
    this.#conditions = new Set(pipeline.steps.filter((step) => step.kind === "condition").map((step) => step.name));
  }

  /** Everything a step reads, writes and waits for. */
  touched(step: Step): Touched {
    const touching: Touching = { reads: [], writes: [], after: [] };
    switch (step.kind) {
      case "task":
        this.#task(touching, step, NONE);
        return touching;
      case "condition":
        this.#question(touching, step, NONE);
        return touching;
      case "switch":
        this.#switch(touching, step);
        return touching;
      case "repeated":
        return this.#repeated(touching, step);
    }
  }

  #task(to: Touching, step: TaskStep, values: ReadonlySet<string>): void {
    const bound = step.loop === undefined ? values : LOOP_NAMES;
    for (const text of step.inputs.values()) this.#read(to, text, step.loop === undefined ? NONE : LOOP_NAMES);
    for (const value of step.args.values()) this.#readArg(to, value, bound);
    if (step.loop !== undefined) this.#read(to, step.loop.over);
    to.reads.push(...this.#script(step.task));
    for (const path of step.deps) to.reads.push(this.#plainPath(path));
    for (const text of step.outputs.values()) {
      if (step.loop === undefined || !LOOP_NAMES.has(text.slice(1))) to.writes.push(...this.#text(text));
    }
    if (step.loop !== undefined) to.writes.push(...this.#text(step.loop.into));
  }

  #question(
    to: Touching,
    asked: Pick<ConditionStep, "script" | "inputs" | "args">,
    values: ReadonlySet<string>,
  ): void {
    for (const text of asked.inputs.values()) this.#read(to, text);
    for (const value of asked.args.values()) this.#readArg(to, value, values);
    if (asked.script !== undefined) to.reads.push(...this.#script(asked.script));
  }

  #switch(to: Touching, step: SwitchStep): void {
    const name = referenceName(step.condition);
    if (this.#conditions.has(name ?? step.condition)) to.after.push(name ?? step.condition);
    else if (name !== undefined) this.#read(to, step.condition);
    if (step.data !== undefined) this.#read(to, step.data);
  }

  // From outside, a group reads only what none of its own steps writes. Compared by entry, not by path: what is written
  // under another name goes to a path of its own in each iteration, while this one is read where it always was.
  #repeated(to: Touching, step: RepeatedStep): Touched {
    const values = new Set(step.iterations.flatMap((iteration) => [...iteration.keys()]));
    for (const inner of step.steps) this.#task(to, inner, values);
    if (step.until !== undefined) this.#question(to, step.until, values);
    const [own, folders] = [new Set(to.writes), new Set(to.writes.map((place) => place.id))];
    const isOwn = (place: Place) => own.has(place) || place.containers.some((id) => folders.has(id));
    return { ...to, reads: to.reads.filter((place) => !isOwn(place)) };
  }

  #read(to: Touching, text: string, bound: ReadonlySet<string> = NONE): void {
    if (bound.size > 0 && bound.has(text.slice(1))) return;
    const branch = branchOf(this.#pipeline, text);
    if (branch !== undefined) to.after.push(branch.step.name);
    else to.reads.push(...this.#text(text));
  }

  #readArg(to: Touching, value: Value, bound: ReadonlySet<string>): void {
    if (typeof value === "string" && referenceName(value) !== undefined) this.#read(to, value, bound);
  }

  #text(text: string): readonly Place[] {
    let places = this.#texts.get(text);
    if (places === undefined) this.#texts.set(text, places = this.#lookUp(text));
    return places;
  }

  // A text that is the bare name of a data entry stands for that entry too, as it always did.
  #lookUp(text: string): readonly Place[] {
    const { data } = this.#pipeline;
    const name = referenceName(text);
    const resolved = asPath(this.#pipeline, resolveText(this.#pipeline, text, { env: this.#env }));
    const nested = name !== undefined && data.get(name)?.nestedIn !== undefined;
    const place = this.#place(resolved, text, nested ? this.#containers(name) : NO_CONTAINERS);
    return name === undefined && data.has(text) ? [place, ...this.#text(`$${text}`)] : [place];
  }

  #containers(key: string): readonly number[] {
    const ids: number[] = [];
    const seen = new Set([key]);
    let at = this.#pipeline.data.get(key)?.nestedIn;
    while (at !== undefined && !seen.has(at) && this.#pipeline.data.has(at)) {
      seen.add(at);
      ids.push(this.#place(resolveData(this.#pipeline, at, this.#env), `$${at}`).id);
      at = this.#pipeline.data.get(at)?.nestedIn;
    }
    return ids;
  }

  // A script may be written by an earlier step.
  #script(task: string): readonly Place[] {
    let places = this.#scripts.get(task);
    if (places === undefined) {
      const script = resolveScript(this.#pipeline, task, this.#env);
      places = "missing" in script ? [] : [this.#place({ kind: "path", path: script.path }, task)];
      this.#scripts.set(task, places);
    }
    return places;
  }

  #plainPath(path: string): Place {
    return this.#place(asPath(this.#pipeline, { kind: "value", value: path }), path);
  }

  // What cannot be looked up is at least the same as itself.
  #place(resolved: Resolved, text: string, containers: readonly number[] = NO_CONTAINERS): Place {
    if (resolved.kind !== "path") {
      return { id: this.#id(resolved.kind === "url" ? resolved.url : `?${text}`), containers, path: undefined };
    }
    const { path } = resolved;
    return { id: this.#id(path.includes("..") ? collapsePath(path) : path), containers, path };
  }

  #id(name: string): number {
    let id = this.#ids.get(name);
    if (id === undefined) this.#ids.set(name, id = this.#ids.size);
    return id;
  }
}
