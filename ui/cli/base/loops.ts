import type { LoopStore, StateTools } from "../../../core/ports/loop_store.ts";
import type { OriginalRun } from "../../../core/ports/original_loops.ts";

/** Where loops are kept. */
export interface LoopDoor {
  /** `undefined` if there is no such file; makes nothing. */
  openLoopsReadOnly(path: string): LoopStore | undefined;
  sqliteStore(path: string): LoopStore;
  projectLoops(project: string): LoopStore;
}

/** What the verbs about runs need of the machine, in parts that are loaded when they are needed. */
export interface LoopParts {
  readonly loopDoor: () => Promise<LoopDoor>;
  readonly stateTools: () => Promise<StateTools>;
  readonly originals: () => Promise<{ readOriginal(path: string): Iterable<OriginalRun> }>;
}
