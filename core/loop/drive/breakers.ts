import type { BreakerRow, LoopStore } from "../../ports/loop_store.ts";
import { type Flow, wait } from "../base/flow.ts";
import type { KeptBreaker } from "../breaker/mod.ts";

/** Circuit breakers of this process whose state is kept in the stores of the loops that use them. */
export class KeptBreakers {
  /** With the revision that was stored last, and those that were never read. */
  readonly #known = new Map<KeptBreaker, number | undefined>();

  add(breaker: KeptBreaker): void {
    this.#known.set(breaker, undefined);
  }

  /** Whether some have never been looked for in the store. */
  get hasNew(): boolean {
    return [...this.#known.values()].includes(undefined);
  }

  /** Takes on what an earlier process has stored; one that has been used since it was made knows better. */
  *restore(store: LoopStore): Flow<void> {
    for (const [breaker, revision] of this.#known) {
      if (revision !== undefined) continue;
      const row = yield* wait(store.breaker(breaker.name));
      const isUnused = breaker.revision === 0;
      if (row !== undefined && isUnused) breaker.restore(row.state);
      this.#known.set(breaker, isUnused ? breaker.revision : 0);
    }
  }

  /** Those that have changed since they were stored. */
  changed(): readonly BreakerRow[] {
    const changed = [...this.#known].filter(([breaker, revision]) => revision !== breaker.revision);
    for (const [breaker] of changed) this.#known.set(breaker, breaker.revision);
    return changed.map(([breaker]) => ({ name: breaker.name, state: breaker.snapshot() }));
  }
}
