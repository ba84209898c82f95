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

  /** Takes on what an earlier process has stored. */
  *restore(store: LoopStore): Flow<void> {
    for (const [breaker, revision] of this.#known) {
      if (revision !== undefined) continue;
      const row = yield* wait(store.breaker(breaker.name));
      if (row !== undefined) breaker.restore(row.state);
      this.#known.set(breaker, breaker.revision);
    }
  }

  /** Those that have changed since they were stored. */
  changed(): readonly BreakerRow[] {
    const changed = [...this.#known].filter(([breaker, revision]) => revision !== breaker.revision);
    for (const [breaker] of changed) this.#known.set(breaker, breaker.revision);
    return changed.map(([breaker]) => ({ name: breaker.name, state: breaker.snapshot() }));
  }
}
