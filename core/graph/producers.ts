/**
 * Who makes what a step reads.
 *
 * @module
 */

import type { Step } from "./pipeline.ts";
import type { Place, Touched } from "./places.ts";

/** Positions in the file by id of a place, rising. Nearly all places have one, which then needs no list of its own. */
class Positions {
  readonly #lists: (number | number[] | undefined)[] = [];

  add(id: number, position: number): void {
    const list = this.#lists[id];
    if (list === undefined) this.#lists[id] = position;
    else if (typeof list === "number") this.#lists[id] = list === position ? list : [list, position];
    else if (list[list.length - 1] !== position) list.push(position);
  }

  at(id: number): readonly number[] {
    const list = id < this.#lists.length ? this.#lists[id] : undefined;
    return list === undefined ? NOWHERE : typeof list === "number" ? [list] : list;
  }

  /** The last one before `limit`, or -1. */
  lastBefore(id: number, limit: number): number {
    const list = id < this.#lists.length ? this.#lists[id] : undefined;
    if (list === undefined) return -1;
    if (typeof list === "number") return list < limit ? list : -1;
    return list[countBefore(list, limit) - 1] ?? -1;
  }
}

const NOWHERE: readonly number[] = [];

/** Who writes what; steps are known by their position in the file. */
export class ProducerIndex {
  readonly #steps: readonly Step[];
  readonly #writers = new Positions();
  /** Folder to those who write an entry that is nested in it. */
  readonly #fillers = new Positions();

  constructor(touched: readonly Touched[], steps: readonly Step[]) {
    this.#steps = steps;
    for (let i = 0; i < touched.length; i++) {
      for (const place of touched[i].writes) {
        this.#writers.add(place.id, i);
        for (const container of place.containers) this.#fillers.add(container, i);
      }
    }
  }

  /** Add the name of each step that makes `place` for the step at `reader`. */
  addProducers(place: Place, reader: number, names: Set<string>): void {
    if (!this.#addBefore(place, reader, names)) this.#addAfter(place, reader, names);
  }

  // The latest writer of the place and of each folder it lies in, and all who put something into it.
  #addBefore(place: Place, reader: number, names: Set<string>): boolean {
    let any = this.#addLatest(place.id, reader, names);
    for (const id of place.containers) any = this.#addLatest(id, reader, names) || any;
    const fillers = this.#fillers.at(place.id);
    const count = countBefore(fillers, reader);
    for (let i = 0; i < count; i++) names.add(this.#steps[fillers[i]].name);
    return any || count > 0;
  }

  #addLatest(id: number, reader: number, names: Set<string>): boolean {
    const latest = this.#writers.lastBefore(id, reader);
    if (latest >= 0) names.add(this.#steps[latest].name);
    return latest >= 0;
  }

  // A step that writes the place itself, with nobody before it, is the first of those who update it in turn.
  #addAfter(place: Place, reader: number, names: Set<string>): void {
    for (const id of [place.id, ...place.containers]) {
      const writers = this.#writers.at(id);
      if (writers.length === 0) continue;
      if (!includesSorted(writers, reader)) names.add(this.#steps[writers[writers.length - 1]].name);
      return;
    }
    const fillers = this.#fillers.at(place.id);
    if (!includesSorted(fillers, reader)) { for (const at of fillers) names.add(this.#steps[at].name); }
  }
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
