/**
 * Behaviour that does not depend on where loops are kept.
 *
 * @module
 */

import type { LoopStore } from "../../../core/ports/loop_store.ts";
import { type World, worldOf } from "./world.ts";

/** What is promised, as a sentence, and what shows it. */
export type Behaviour = Readonly<Record<string, (world: World) => unknown>>;

/** A store for one test. */
export interface Opened {
  readonly store: LoopStore;
  close(): unknown;
}

/** Makes a test of every promise. Loops that cannot wait are left out where the store answers by promise. */
export function behaves(name: string, open: () => Opened, behaviours: readonly Behaviour[]): void {
  for (const behaviour of behaviours) {
    for (const [sentence, body] of Object.entries(behaviour)) {
      Deno.test(`${name}: ${sentence}`, async () => {
        const { store, close } = open();
        try {
          await body(worldOf(store));
        } finally {
          await close();
        }
      });
    }
  }
}
