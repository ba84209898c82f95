/**
 * Which files a step reads and writes, as names that can be compared: the same file has the same name.
 *
 * @module
 */

import type { Env } from "./env.ts";
import { collapsePath } from "./paths.ts";
import type { ConditionStep, Pipeline, RepeatedStep, Step, SwitchStep, TaskStep } from "./pipeline.ts";
import { asPath, branchOf, referenceName, type Resolved, resolveData, resolveScript, resolveText } from "./resolve.ts";
import type { Value } from "./value.ts";

/** A file, folder or address. `id` is its path where that can be told; `containers` are the folders it is nested in. */
export interface Place {
  readonly id: string;
  readonly containers: readonly string[];
  /** Absolute path, if it has one. */
  readonly path?: string;
}

/** What a step touches. `after` names steps whose decision it waits for. */
export interface Touched {
  readonly reads: readonly Place[];
  readonly writes: readonly Place[];
  readonly after: readonly string[];
}

const LOOP_NAMES = new Set(["loop_item", "loop_output"]);

/** Tells what steps of one pipeline touch; each text is looked up once. */
export class Places {
  readonly #pipeline: Pipeline;
  readonly #env: Env;
  readonly #texts = new Map<string, readonly Place[]>();
  readonly #data = new Map<string, Place>();
  readonly #conditions: ReadonlySet<string>;

  constructor(pipeline: Pipeline, env: Env) {
    this.#pipeline = pipeline;
    this.#env = env;
    this.#conditions = new Set(pipeline.steps.filter((step) => step.kind === "condition").map((step) => step.name));
  }

  /** Everything a step reads, writes and waits for. */
  touched(step: Step): Touched {
    switch (step.kind) {
      case "task":
        return this.#task(step, new Set());
      case "condition":
        return this.#condition(step);
      case "switch":
        return this.#switch(step);
      case "repeated":
        return this.#repeated(step);
    }
  }

  #task(step: TaskStep, values: ReadonlySet<string>): Touched {
    const bound = step.loop === undefined ? values : LOOP_NAMES;
    const reads = [...step.inputs.values(), ...references(step.args, bound)];
    if (step.loop !== undefined) reads.push(step.loop.over);
    const writes = [...step.outputs.values()];
    if (step.loop !== undefined) writes.push(step.loop.into);
    const plain = step.deps.flatMap((path) => this.#plainPath(path));
    return {
      reads: [...this.#of(reads, bound), ...this.#script(step.task), ...plain],
      writes: this.#of(writes, bound),
      after: this.#switchesOf(reads),
    };
  }

  #condition(step: ConditionStep): Touched {
    const texts = [...step.inputs.values(), ...references(step.args)];
    const script = step.script === undefined ? [] : this.#script(step.script);
    return { reads: [...this.#of(texts), ...script], writes: [], after: this.#switchesOf(texts) };
  }

  #switch(step: SwitchStep): Touched {
    const payload = step.data === undefined ? [] : [step.data];
    const name = referenceName(step.condition) ?? step.condition;
    if (this.#conditions.has(name)) {
      return { reads: this.#of(payload), writes: [], after: [name, ...this.#switchesOf(payload)] };
    }
    const texts = [...payload, ...(step.condition.startsWith("$") ? [step.condition] : [])];
    return { reads: this.#of(texts), writes: [], after: this.#switchesOf(texts) };
  }

  // From outside, a group reads only what none of its own steps writes.
  #repeated(step: RepeatedStep): Touched {
    const values = new Set(step.iterations.flatMap((iteration) => [...iteration.keys()]));
    const parts = step.steps.map((inner) => this.#task(inner, values));
    if (step.until !== undefined) parts.push(this.#until(step.until, values));
    const writes = parts.flatMap((part) => part.writes);
    const own = new Set(writes.map((place) => place.id));
    const isOwn = (place: Place) => own.has(place.id) || place.containers.some((id) => own.has(id));
    const reads = parts.flatMap((part) => part.reads).filter((place) => !isOwn(place));
    return { reads, writes, after: parts.flatMap((part) => part.after) };
  }

  #until(until: NonNullable<RepeatedStep["until"]>, values: ReadonlySet<string>): Touched {
    const texts = [...until.inputs.values(), ...references(until.args, values)];
    return { reads: [...this.#of(texts), ...this.#script(until.script)], writes: [], after: this.#switchesOf(texts) };
  }

  #switchesOf(texts: readonly string[]): readonly string[] {
    return texts.flatMap((text) => branchOf(this.#pipeline, text)?.step.name ?? []);
  }

  #of(texts: readonly string[], bound: ReadonlySet<string> = new Set()): readonly Place[] {
    return texts.flatMap((text) => LOOP_NAMES.has(text.slice(1)) && bound === LOOP_NAMES ? [] : this.#text(text));
  }

  #text(text: string): readonly Place[] {
    let places = this.#texts.get(text);
    if (places === undefined) this.#texts.set(text, places = this.#lookUp(text));
    return places;
  }

  // A text that is the bare name of a data entry stands for that entry too, as it always did.
  #lookUp(text: string): readonly Place[] {
    if (branchOf(this.#pipeline, text) !== undefined) return [];
    const name = referenceName(text);
    if (name !== undefined && this.#pipeline.data.has(name)) return [this.#entry(name)];
    const resolved = asPath(this.#pipeline, resolveText(this.#pipeline, text, { env: this.#env }));
    const named = name === undefined && this.#pipeline.data.has(text) ? [this.#entry(text)] : [];
    return [placeOf(resolved, `text:${text}`), ...named];
  }

  #entry(key: string): Place {
    let place = this.#data.get(key);
    if (place === undefined) {
      const resolved = resolveData(this.#pipeline, key, this.#env);
      place = { ...placeOf(resolved, `data:${key}`), containers: this.#containers(key) };
      this.#data.set(key, place);
    }
    return place;
  }

  #containers(key: string): readonly string[] {
    const ids: string[] = [];
    const seen = new Set([key]);
    let at = this.#pipeline.data.get(key)?.nestedIn;
    while (at !== undefined && !seen.has(at) && this.#pipeline.data.has(at)) {
      seen.add(at);
      ids.push(placeOf(resolveData(this.#pipeline, at, this.#env), `data:${at}`).id);
      at = this.#pipeline.data.get(at)?.nestedIn;
    }
    return ids;
  }

  // A script may be written by an earlier step.
  #script(task: string): readonly Place[] {
    const script = resolveScript(this.#pipeline, task, this.#env);
    return "missing" in script ? [] : [{ id: collapsePath(script.path), containers: [], path: script.path }];
  }

  #plainPath(path: string): readonly Place[] {
    return [placeOf(asPath(this.#pipeline, { kind: "value", value: path }), `text:${path}`)];
  }
}

function placeOf(resolved: Resolved, otherwise: string): Place {
  if (resolved.kind === "path") return { id: collapsePath(resolved.path), containers: [], path: resolved.path };
  return { id: resolved.kind === "url" ? resolved.url : otherwise, containers: [] };
}

function references(args: ReadonlyMap<string, Value>, bound: ReadonlySet<string> = new Set()): string[] {
  const texts: string[] = [];
  for (const value of args.values()) {
    const name = typeof value === "string" ? referenceName(value) : undefined;
    if (name !== undefined && !bound.has(name)) texts.push(`$${name}`);
  }
  return texts;
}
