/**
 * Which step waits for which, and which steps write the same.
 *
 * @module
 */

import type { Env } from "./env.ts";
import type { Pipeline } from "./pipeline.ts";
import { Places, type Touched } from "./places.ts";
import { ProducerIndex } from "./producers.ts";

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
  const index = new ProducerIndex(touched, pipeline.steps);
  const result = new Map<string, ReadonlySet<string>>();
  // Counted, not iterated: this runs once, before anything is optimised, over all there is.
  for (let i = 0; i < touched.length; i++) {
    const names = new Set<string>();
    for (const name of touched[i].after) names.add(name);
    for (const place of touched[i].reads) index.addProducers(place, i, names);
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

/** What each step touches, in file order. */
export function touchedBy(pipeline: Pipeline, env: Env): readonly Touched[] {
  const known = lastTouched.get(pipeline);
  if (known?.env === env) return known.touched;
  const places = new Places(pipeline, env);
  const touched = pipeline.steps.map((step) => places.touched(step));
  lastTouched.set(pipeline, { env, touched });
  return touched;
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
