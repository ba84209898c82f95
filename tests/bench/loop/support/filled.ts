/**
 * A database with many finished runs, written through the store itself.
 *
 * @module
 */

import { sqliteStore } from "../../../../mod.ts";
import type { LoopRow, LoopStore, StepRow } from "../../../../core/ports/loop_store.ts";

const HASH = "0123456789abcdef";
const COST_NANO = 10_000_000;

/** How many runs, and of how many steps each. */
export interface Filling {
  readonly runs: number;
  readonly steps: number;
}

/** Writes the runs, and closes the database. */
export async function fill(file: string, { runs, steps }: Filling): Promise<void> {
  const store: LoopStore = sqliteStore(file, { durability: "none" });
  try {
    for (let number = 0; number < runs; number++) await addRun(store, number.toString(16).padStart(12, "0"), steps);
  } finally {
    await store.close();
  }
}

async function addRun(store: LoopStore, id: string, steps: number): Promise<void> {
  const at = Date.now();
  const ref = (n: number) => `${id}${n}`.padStart(64, "0");
  const blobs = Array.from({ length: steps + 1 }, (_, n) => ({
    ref: ref(n),
    codec: "json" as const,
    bytes: new TextEncoder().encode(`{"n":${n}}`),
  }));
  const holder = { pid: 1, host: "bench", processStart: "", run: id, since: at };
  const owner = { holder, ttlMs: 30_000, isAlive: () => false };
  const lease = await store.createRun(newRun(id, ref(steps), at), { blobs }, owner);
  await store.commit({
    leases: [lease],
    steps: Array.from({ length: steps }, (_, n) => stepOf({ id, n, at, stateRef: ref(n) })),
    runs: [{
      id,
      status: "completed",
      reason: "converged:scorePlateau",
      head: { step: steps - 1, branch: "" },
      best: { step: steps - 1, branch: "", score: steps / 100 },
      nextStep: steps,
      steps,
      iterations: steps,
      spentNano: steps * COST_NANO,
    }],
  });
  await store.release(lease);
}

function newRun(id: string, inputRef: string, at: number): LoopRow {
  return {
    id,
    name: "bench",
    specHash: HASH,
    specJson: "{}",
    status: "running",
    reason: "",
    inputRef,
    lastSeq: 0,
    nextStep: 0,
    steps: 0,
    iterations: 0,
    activeMs: 0,
    limits: { nano: 1e9 },
    guarantee: "soft",
    memory: "{}",
    inheritedNano: 0,
    cancelRequested: false,
    imported: false,
    createdAt: at,
    updatedAt: at,
    spentNano: 0,
    spentTokens: 0,
    reservedNano: 0,
    reservedTokens: 0,
    unknownNano: 0,
    unknownTokens: 0,
  };
}

function stepOf(
  { id, n, at, stateRef }: { readonly id: string; readonly n: number; readonly at: number; readonly stateRef: string },
): StepRow {
  return {
    run: id,
    step: n,
    branch: "",
    attempt: 1,
    status: "ok",
    ...(n === 0 ? {} : { input: { step: n - 1, branch: "" } }),
    stateRef,
    costNano: COST_NANO,
    childNano: 0,
    tokens: 0,
    score: n / 100,
    decision: "advance",
    startedAt: at,
    durationMs: 1,
  };
}
