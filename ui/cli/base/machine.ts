import type { Layouter } from "../../../core/ports/layout.ts";
import type { Watcher } from "../../../core/ports/watch.ts";

/** What few verbs need of the machine, made when it is asked for. */
export interface MachineParts {
  /** Finds places for drawings. */
  readonly layouter: () => Promise<Layouter>;
  /** Hears of changes on the disk. */
  readonly watcher: () => Promise<Watcher>;
}
