/**
 * Which step waits for which, and which steps write the same.
 *
 * @module
 */

import type { Env } from "./env.ts";
import type { Pipeline } from "./pipeline.ts";
import { type Place, Places, type Touched } from "./places.ts";

/** Step name to the names of the steps it waits for; every step has an entry. */
export type Dependencies = ReadonlyMap<string, ReadonlySet<string>>;

/** Two or more steps that write the same file or folder. */
export interface OutputClash {
  /** Absolute path. */
  readonly path: string;
  /** Names, in file order, at least two. */
  readonly steps: readonly string[];
}

/**
 * What each step waits for: the producers of what it reads, and the condition or switch that decides about it.
 *
 * Of several producers the nearest one before the step in the file counts, else the last. Time: O(steps + links).
 */
export function dependencies(pipeline: Pipeline, env: Env): Dependencies {
  const touched = touchedBy(pipeline, env);
  const index = new ProducerIndex(touched);
  const result = new Map<string, ReadonlySet<string>>();
  // Counted, not iterated: this runs once, before anything is optimised, over all there is.
  for (let i = 0; i < touched.length; i++) {
    const names = new Set<string>();
    for (const name of touched[i].after) names.add(name);
    for (const place of touched[i].reads) index.producers(place, i, (at) => names.add(pipeline.steps[at].name));
    names.delete(pipeline.steps[i].name);
    result.set(pipeline.steps[i].name, names);
  }
  return result;
}

/** Outputs that more than one step writes, in order of appearance. */
export function outputClashes(pipeline: Pipeline, env: Env): readonly OutputClash[] {
  const first: number[] = [];
  const shared = new Map<number, { readonly path: string; readonly steps: Set<string> }>();
  for (const [i, { writes }] of touchedBy(pipeline, env).entries()) {
    for (const { id, path } of writes) {
      const before = path === undefined ? i : first[id] ?? i;
      if (before === i) first[id] = i;
      else {
        const clash = shared.get(id) ?? { path: path!, steps: new Set([pipeline.steps[before].name]) };
        shared.set(id, clash);
        clash.steps.add(pipeline.steps[i].name);
      }
    }
  }
  return Array.from(shared.values(), ({ path, steps }) => ({ path, steps: [...steps] }));
}

// Dependencies and clashes are asked for one after the other; looking everything up is most of the work of both.
const lastTouched = new WeakMap<Pipeline, { readonly env: Env; readonly touched: readonly Touched[] }>();

function touchedBy(pipeline: Pipeline, env: Env): readonly Touched[] {
  const known = lastTouched.get(pipeline);
  if (known?.env === env) return known.touched;
  const places = new Places(pipeline, env);
  const touched = pipeline.steps.map((step) => places.touched(step));
  lastTouched.set(pipeline, { env, touched });
  return touched;
}

/** Who writes what; steps are known by their position in the file. */
class ProducerIndex {
  /** By id of the place. */
  readonly #writers: number[][] = [];
  /** Folder to those who write an entry that is nested in it. */
  readonly #fillers: number[][] = [];

  constructor(touched: readonly Touched[]) {
    for (const [i, { writes }] of touched.entries()) {
      for (const place of writes) {
        push(this.#writers, place.id, i);
        for (const container of place.containers) push(this.#fillers, container, i);
      }
    }
  }

  /** Tell `found` of each step that makes `place` for the step at `reader`. */
  producers(place: Place, reader: number, found: (producer: number) => void): void {
    if (!this.#before(place, reader, found)) this.#after(place, reader, found);
  }

  // The latest writer of the place and of each folder it lies in, and all who put something into it.
  #before(place: Place, reader: number, found: (producer: number) => void): boolean {
    let any = this.#latest(place.id, reader, found);
    for (const id of place.containers) any = this.#latest(id, reader, found) || any;
    const fillers = this.#fillers.length === 0 ? undefined : this.#fillers[place.id];
    if (fillers === undefined) return any;
    const count = countBefore(fillers, reader);
    for (let i = 0; i < count; i++) found(fillers[i]);
    return any || count > 0;
  }

  #latest(id: number, reader: number, found: (producer: number) => void): boolean {
    const list = this.#writers[id] as number[] | undefined;
    const count = list === undefined ? 0 : countBefore(list, reader);
    if (count > 0) found(list![count - 1]);
    return count > 0;
  }

  // A step that writes the place itself, with nobody before it, is the first of those who update it in turn.
  #after(place: Place, reader: number, found: (producer: number) => void): void {
    for (const id of [place.id, ...place.containers]) {
      const list = this.#writers[id] as number[] | undefined;
      if (list === undefined) continue;
      if (!includesSorted(list, reader)) found(list[list.length - 1]);
      return;
    }
    const fillers = this.#fillers[place.id] ?? [];
    if (!includesSorted(fillers, reader)) fillers.forEach(found);
  }
}

function push(lists: number[][], id: number, value: number): void {
  const list = lists[id];
  if (list === undefined) lists[id] = [value];
  else if (list[list.length - 1] !== value) list.push(value);
}

function countBefore(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function includesSorted(sorted: readonly number[], value: number): boolean {
  return sorted[countBefore(sorted, value)] === value;
}

/** One cycle among `steps`: each name waits for the next, the last for the first. `undefined`: there is none. */
export function findCycle(dependencies: Dependencies, steps: Iterable<string>): readonly string[] | undefined {
  const inside = new Set(steps);
  if (isInOrder(dependencies)) return undefined;
  const done = new Set<string>();
  for (const start of inside) {
    const cycle = done.has(start) ? undefined : cycleFrom(dependencies, start, { inside, done });
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

// Where every step stands behind what it waits for there is no cycle, and most files are written so.
function isInOrder(dependencies: Dependencies): boolean {
  const before = new Set<string>();
  for (const [name, waits] of dependencies) {
    for (const dependency of waits) if (!before.has(dependency)) return false;
    before.add(name);
  }
  return true;
}

// Depth first with a stack of its own: a chain may be longer than the call stack allows.
function cycleFrom(
  dependencies: Dependencies,
  start: string,
  state: { readonly inside: ReadonlySet<string>; readonly done: Set<string> },
): readonly string[] | undefined {
  const trail: { name: string; next: Iterator<string> }[] = [];
  const onTrail = new Set<string>();
  const enter = (name: string) => {
    onTrail.add(name);
    trail.push({ name, next: (dependencies.get(name) ?? new Set<string>()).values() });
  };
  enter(start);
  while (trail.length > 0) {
    const { name, next } = trail[trail.length - 1];
    const { value, done } = next.next();
    if (done) {
      state.done.add(name);
      onTrail.delete(name);
      trail.pop();
    } else if (onTrail.has(value)) return trail.slice(trail.findIndex((at) => at.name === value)).map((at) => at.name);
    else if (state.inside.has(value) && !state.done.has(value)) enter(value);
  }
  return undefined;
}
