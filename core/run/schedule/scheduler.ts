import type { Plan } from "./plan.ts";
import type { Needs, Pool } from "./pool.ts";

/** How a plan is carried out. */
export interface ScheduleOptions {
  /**
   * Does one node, whatever comes of it; its failures are values. Returning nothing means it is over already.
   * A rejection is a defect: nothing more is started, and it is passed on when the rest has ended.
   *
   * `release` gives back what the node draws from the pool before the node is over, so that another one may start
   * while this one only puts its papers in order.
   */
  readonly execute: (id: string, release: () => void) => Promise<void> | void;
  /** What a node draws from the pool while it runs; `undefined` for one that only waits for others. */
  readonly needs: (id: string) => Needs | undefined;
  readonly pool: Pool;
  /** How many nodes of this plan may be under way; the pool limits the work itself. */
  readonly limit: number;
}

/** Carries out a whole plan: start what fits, wait for one to end, repeat. */
export function schedule(plan: Plan, options: ScheduleOptions): Promise<void> {
  return new Schedule(plan, options).run();
}

class Schedule {
  readonly #plan: Plan;
  readonly #options: ScheduleOptions;
  #running = 0;
  #wake: () => void = () => {};
  #defect: { readonly error: unknown } | undefined;

  constructor(plan: Plan, options: ScheduleOptions) {
    this.#plan = plan;
    this.#options = options;
  }

  async run(): Promise<void> {
    while (!this.#plan.isDone) {
      const changed = new Promise<void>((resolve) => this.#wake = resolve);
      this.#startWhatFits();
      if (this.#plan.isDone || (this.#defect !== undefined && this.#running === 0)) break;
      this.#options.pool.onFreed(this.#wake);
      await changed;
    }
    if (this.#defect !== undefined) throw this.#defect.error;
  }

  #startWhatFits(): void {
    const { limit, needs, pool } = this.#options;
    // A full pool is asked first: looking for a node that fits costs the length of the queue.
    while (this.#running < limit && !pool.isFull && this.#defect === undefined) {
      const id = this.#plan.take((id) => {
        const wanted = needs(id);
        return wanted === undefined || pool.tryTake(wanted);
      });
      if (id === undefined) return;
      this.#start(id);
    }
  }

  #start(id: string): void {
    this.#running++;
    let drawn = this.#options.needs(id);
    const release = () => {
      if (drawn !== undefined) this.#options.pool.give(drawn);
      drawn = undefined;
    };
    const end = () => this.#end(id, release);
    const fail = (error: unknown) => {
      this.#defect ??= { error };
      end();
    };
    try {
      const work = this.#options.execute(id, release);
      if (work === undefined) end();
      else work.then(end, fail);
    } catch (error) {
      fail(error);
    }
  }

  #end(id: string, release: () => void): void {
    this.#running--;
    this.#plan.finish(id);
    release();
    this.#wake();
  }
}
