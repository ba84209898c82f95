/** What one piece of work draws while it runs: always one worker, and named counters such as `gpu: 1`. */
export type Needs = ReadonlyMap<string, number>;

/** Workers and named counters, shared by everything that runs at the same time: steps, items of loops, iterations. */
export class Pool {
  #workers: number;
  readonly #left: Map<string, number>;
  #waiting: (() => void)[] = [];

  /** @param workers How many pieces of work may run together, at least 1. */
  constructor(workers: number, resources: ReadonlyMap<string, number> = new Map()) {
    this.#workers = workers;
    this.#left = new Map(resources);
  }

  /** Whether no worker is free. */
  get isFull(): boolean {
    return this.#workers < 1;
  }

  /** Takes one worker and what is needed, or nothing. */
  tryTake(needs: Needs): boolean {
    if (this.#workers < 1) return false;
    for (const [name, count] of needs) if ((this.#left.get(name) ?? 0) < count) return false;
    this.#move(needs, -1);
    return true;
  }

  /** Waits until it can take what is needed. */
  async take(needs: Needs): Promise<void> {
    while (!this.tryTake(needs)) await new Promise<void>((resolve) => this.onFreed(resolve));
  }

  /** Does `work` with what it needs in hand. */
  async use<T>(needs: Needs, work: () => Promise<T>): Promise<T> {
    await this.take(needs);
    try {
      return await work();
    } finally {
      this.give(needs);
    }
  }

  /** Gives back what {@linkcode tryTake} took. */
  give(needs: Needs): void {
    this.#move(needs, 1);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  /** Calls `wake` once, at the next time something is given back. */
  onFreed(wake: () => void): void {
    this.#waiting.push(wake);
  }

  #move(needs: Needs, sign: 1 | -1): void {
    this.#workers += sign;
    for (const [name, count] of needs) this.#left.set(name, (this.#left.get(name) ?? 0) + sign * count);
  }
}
