/** One thing to be done, and what must have ended before it. */
export interface PlanNode {
  readonly id: string;
  /** Ids that must have ended, however they ended. Ids that are not in the plan are ignored. */
  readonly after: Iterable<string>;
}

/**
 * What is left to do and what may be done now: pure bookkeeping, O(V + E) over a whole run.
 *
 * Nodes are given in order of preference: of those that may start, the first comes first.
 */
export class Plan {
  readonly #nodes: readonly PlanNode[];
  readonly #waitsFor: Int32Array;
  readonly #dependents: number[][];
  readonly #index = new Map<string, number>();
  readonly #ready = new MinHeap();
  #left: number;

  constructor(nodes: readonly PlanNode[]) {
    this.#nodes = nodes;
    this.#left = nodes.length;
    this.#waitsFor = new Int32Array(nodes.length);
    this.#dependents = nodes.map(() => []);
    nodes.forEach((node, i) => this.#index.set(node.id, i));
    nodes.forEach((node, i) => this.#link(node, i));
    this.#waitsFor.forEach((count, i) => count === 0 && this.#ready.push(i));
  }

  #link(node: PlanNode, i: number): void {
    for (const id of new Set(node.after)) {
      const before = this.#index.get(id);
      if (before === undefined || before === i) continue;
      this.#dependents[before].push(i);
      this.#waitsFor[i]++;
    }
  }

  /** Whether everything has ended. */
  get isDone(): boolean {
    return this.#left === 0;
  }

  /** Takes the first node that may start and that `fits`; `undefined` if there is none now. */
  take(fits: (id: string) => boolean = () => true): string | undefined {
    const passedOver: number[] = [];
    let taken: string | undefined;
    while (taken === undefined && this.#ready.size > 0) {
      const i = this.#ready.pop();
      if (fits(this.#nodes[i].id)) taken = this.#nodes[i].id;
      else passedOver.push(i);
    }
    for (const i of passedOver) this.#ready.push(i);
    return taken;
  }

  /** Tells that a taken node has ended; what waited only for it may start now. */
  finish(id: string): void {
    const i = this.#index.get(id);
    if (i === undefined) throw new RangeError(`Cannot finish "${id}": it is not in the plan`);
    this.#left--;
    for (const j of this.#dependents[i]) if (--this.#waitsFor[j] === 0) this.#ready.push(j);
  }
}

/** Smallest number first. */
class MinHeap {
  readonly #items: number[] = [];

  get size(): number {
    return this.#items.length;
  }

  push(value: number): void {
    const items = this.#items;
    let i = items.length;
    for (let up = (i - 1) >> 1; i > 0 && items[up] > value; up = (i - 1) >> 1) {
      items[i] = items[up];
      i = up;
    }
    items[i] = value;
  }

  pop(): number {
    const items = this.#items;
    const top = items[0];
    const last = items.pop()!;
    if (items.length === 0) return top;
    let i = 0;
    for (let child = 1; child < items.length; child = 2 * i + 1) {
      if (child + 1 < items.length && items[child + 1] < items[child]) child++;
      if (items[child] >= last) break;
      items[i] = items[child];
      i = child;
    }
    items[i] = last;
    return top;
  }
}
