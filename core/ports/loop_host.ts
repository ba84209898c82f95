/**
 * What loops need of the outside.
 *
 * @module
 */

import type { Clock } from "./clock.ts";
import type { Later, LoopStore, StateTools } from "./loop_store.ts";
import type { Random } from "./random.ts";
import type { LeaseHolder } from "./store.ts";

/** A value that follows the work that was started with it, through every promise. */
export interface Scope {
  run<T>(value: unknown, work: () => T): T;
  /** Of the work that is being done now. */
  get(): unknown;
}

/** Which store a loop is kept in. */
export interface StoreWish {
  /** `sqlite`: the project's database; `memory`; else a file's path. */
  readonly checkpoint: string;
  readonly durability: "full" | "process" | "none";
}

/** A store that is in use until it is given back. */
export interface OpenedStore {
  readonly store: LoopStore;
  giveBack(): Later<void>;
}

/** The outside. */
export interface LoopHost {
  readonly clock: Clock;
  readonly random: Random;
  readonly tools: StateTools;
  /** This process, for leases. */
  readonly self: Pick<LeaseHolder, "pid" | "host" | "processStart">;
  readonly isAlive: (holder: LeaseHolder) => boolean;
  readonly scope: Scope;
  openStore(wish: StoreWish): OpenedStore;
  /** Tells when the process is asked to stop, the first time; the second time it ends at once. Gives what ends it. */
  onInterrupt(listener: () => void): () => void;
  /** Where failures of listeners are reported. */
  report(message: string): void;
}
