/**
 * Loops of ours as they take part in a contest.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { bestScore, loop, scorePlateau } from "../../../../mod.ts";
import type { LoopSpec, Store as LoopStore } from "../../../../mod.ts";
import type { Contender } from "./contest.ts";
import type { Ground } from "./ground.ts";
import { DOC, type Doc } from "./states.ts";

/** Name of ours in a table. */
export const OURS = "loom";

/** How a loop of ours differs from the plainest. */
export interface OursOptions {
  readonly name?: string;
  readonly steps: number;
  readonly step?: (doc: Doc) => Doc;
  readonly durability?: "full" | "process";
  /** Scorer, strategy, detector, budget of money and a listener. */
  readonly features?: boolean;
  /** Where it is kept; a new file for each round when absent. */
  readonly store?: LoopStore;
}

/** A loop that repeats its step so many times. */
export function specOf(checkpoint: string | LoopStore, options: OursOptions): LoopSpec<Doc> {
  const { steps, step = (doc) => doc, durability = "full", features = false } = options;
  const plain = { name: "bench", state: DOC, step, budget: { iterations: steps }, checkpoint, durability };
  return features ? { ...plain, ...featuresOf(steps) } : plain;
}

function featuresOf(steps: number): Partial<LoopSpec<Doc>> {
  let [score, heard] = [0, 0];
  return {
    budget: { iterations: steps, usd: 1e6 },
    cost: () => 0.0001,
    score: () => score++,
    convergeOn: scorePlateau({ patience: 3 }),
    backtrack: bestScore(),
    on: { "step.finished": () => void heard++ },
  };
}

/** A loop whose time is taken from its call to its end, store and all. */
export function ours(ground: Ground, options: OursOptions): Contender {
  return { name: options.name ?? OURS, role: "ours", measure: () => measure(ground, options) };
}

async function measure(ground: Ground, options: OursOptions) {
  const path = ground.newPath("loops.db");
  const repeated = loop(specOf(options.store ?? path, options));
  const start = performance.now();
  const { status, steps, error } = await repeated.run(ground.state);
  const micros = (performance.now() - start) * 1_000 / options.steps;
  if (steps !== options.steps) throw new Error(`Nothing to compare: ${status} after ${steps} steps`, { cause: error });
  return { micros, ...(options.store ? {} : { bytes: sizeOf(path) / steps }) };
}

/** Bytes of a database, what its log holds included. */
function sizeOf(path: string): number {
  const database = new DatabaseSync(path);
  try {
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  } finally {
    database.close();
  }
  return Deno.statSync(path).size;
}
