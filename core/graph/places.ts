/**
 * Which files a step reads and writes, as names that can be compared: the same file has the same name.
 *
 * @module
 */

import type { Env } from "./env.ts";
import { collapsePath } from "../paths.ts";
import { isInterpolated } from "./expand.ts";
import { interpolatedNames, piecesOf } from "./interpolation.ts";
import type { ConditionStep, DataEntry, Pipeline, RepeatedStep, Step, SwitchStep, TaskStep } from "./pipeline.ts";
import {
  asPath,
  branchOf,
  expandValue,
  isFound,
  referenceName,
  type Resolved,
  resolveData,
  resolveScript,
  resolveText,
} from "./resolve.ts";
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
  readonly #isInterpolated: boolean;

  constructor(pipeline: Pipeline, env: Env) {
    this.#pipeline = pipeline;
    this.#env = env;
    this.#isInterpolated = isInterpolated(pipeline);
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
    for (const path of step.deps) to.reads.push(...this.#dep(path));
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
    if (branch !== undefined) {
      to.after.push(branch.step.name);
      return;
    }
    to.reads.push(...this.#text(text));
    if (this.#isInterpolated) this.#readNames(to, text, bound);
  }

  #readArg(to: Touching, value: Value, bound: ReadonlySet<string>): void {
    if (typeof value === "string" && referenceName(value) !== undefined) this.#read(to, value, bound);
    else if (this.#isInterpolated) this.#readNames(to, value, bound);
  }

  // Whoever uses a text reads the data that was put into it, also by way of parameters.
  #readNames(to: Touching, value: Value, bound: ReadonlySet<string>): void {
    for (const name of this.#namesIn(value)) {
      if (!bound.has(name) && referenceName(`$${name}`) !== undefined) this.#readName(to, name);
    }
  }

  #readName(to: Touching, name: string): void {
    const branch = branchOf(this.#pipeline, `$${name}`);
    if (branch === undefined) to.reads.push(...this.#text(`$${name}`));
    else to.after.push(branch.step.name);
  }

  #namesIn(value: Value): readonly string[] {
    const options = { env: this.#env, role: "arg" } as const;
    const found = typeof value === "string"
      ? resolveText(this.#pipeline, value, options)
      : expandValue(this.#pipeline, value, options);
    if ("uses" in found) return [...found.uses?.names ?? []];
    // What is known only in a loop or an iteration hides the rest of the text, but not what it names itself.
    return typeof value === "string" && "kind" in found && !isFound(found)
      ? interpolatedNames(value).filter((name) => this.#isData(name))
      : [];
  }

  #isData(name: string): boolean {
    return this.#pipeline.data.has(name) || branchOf(this.#pipeline, `$${name}`) !== undefined;
  }

  #text(text: string): readonly Place[] {
    let places = this.#texts.get(text);
    if (places === undefined) this.#texts.set(text, places = this.#lookUp(text));
    return places;
  }

  // Under version 2 an extra file may be named by a text of several parts.
  #dep(path: string): readonly Place[] {
    return this.#isInterpolated && path.includes("${") ? this.#text(path) : [this.#plainPath(path)];
  }

  // A text that is the bare name of a data entry stands for that entry too, as it always did.
  #lookUp(text: string): readonly Place[] {
    const { data } = this.#pipeline;
    const name = referenceName(text);
    const resolved = asPath(this.#pipeline, resolveText(this.#pipeline, text, { env: this.#env }));
    const place = this.#place(resolved, text, this.#containersOf(text, name));
    return name === undefined && data.has(text) ? [place, ...this.#text(`$${text}`)] : [place];
  }

  #containersOf(text: string, name: string | undefined): readonly number[] {
    const entry = name === undefined ? undefined : this.#pipeline.data.get(name);
    const container = entry === undefined ? this.#folderOf(text) : this.#containerOf(entry);
    return container === undefined ? NO_CONTAINERS : this.#containers(container, name);
  }

  #containers(first: string, key?: string): readonly number[] {
    const ids: number[] = [];
    const seen = new Set([key]);
    for (let at: string | undefined = first; at !== undefined && !seen.has(at);) {
      const entry = this.#pipeline.data.get(at);
      if (entry === undefined) break;
      seen.add(at);
      ids.push(this.#place(resolveData(this.#pipeline, at, this.#env), `$${at}`).id);
      at = this.#containerOf(entry);
    }
    return ids;
  }

  #containerOf(entry: DataEntry): string | undefined {
    return entry.nestedIn ?? this.#folderOf(entry.path);
  }

  /** The entry in whose folder a path lies that is written `${entry}/…`. */
  #folderOf(text: string): string | undefined {
    if (!this.#isInterpolated || !text.startsWith("${")) return undefined;
    const [first, rest] = piecesOf(text);
    return first.kind === "name" && rest?.kind === "text" && rest.text.startsWith("/") ? first.name : undefined;
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
