/**
 * Takes over what the original has kept.
 *
 * @module
 */

import { isLoomError } from "../../errors.ts";
import type { LoopOwner, LoopStore, StateTools } from "../../ports/loop_store.ts";
import type { OriginalRun } from "../../ports/original_loops.ts";
import { type Flow, wait } from "../base/flow.ts";
import { importRun } from "./run.ts";
import type { ImportNote } from "./steps.ts";

export { type ImportedRun, importRun } from "./run.ts";
export type { ImportNote } from "./steps.ts";

/** What has become of each run. */
export interface ImportReport {
  /** Ids of those that were taken over. */
  readonly imported: readonly string[];
  /** Ids that the store has already: those runs were left as they are. */
  readonly present: readonly string[];
  readonly steps: number;
  /** What could not be taken over as it was. */
  readonly notes: readonly (ImportNote & { readonly run: string })[];
}

/**
 * Puts runs of the original into a store, each of them whole or not at all; again is harmless. They can be shown, exported
 * and forked, and resumed where a different identity is accepted.
 */
export function* importOriginal(
  runs: Iterable<OriginalRun>,
  { store, tools, owner }: { readonly store: LoopStore; readonly tools: StateTools; readonly owner: LoopOwner },
): Flow<ImportReport> {
  const [imported, present, notes]: [string[], string[], (ImportNote & { run: string })[]] = [[], [], []];
  let steps = 0;
  for (const original of runs) {
    const { run, first, notes: own } = importRun(original, tools);
    try {
      const lease = yield* wait(store.createRun(run, first, owner));
      yield* wait(store.release(lease));
    } catch (error) {
      if (!isLoomError(error) || error.code.toUpperCase().replaceAll("-", "_") !== "RUN_EXISTS") throw error;
      present.push(run.id);
      continue;
    }
    imported.push(run.id);
    steps += run.steps;
    notes.push(...own.map((note) => ({ ...note, run: run.id })));
  }
  return { imported, present, steps, notes };
}
