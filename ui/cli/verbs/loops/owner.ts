import type { Context } from "../../../../core/context.ts";
import type { LoopOwner } from "../../../../core/ports/loop_store.ts";

/** Longer than anything takes that the command line does to a run by itself. */
const LEASE_MS = 30_000;

/** This process, as one that takes a run for a moment. */
export function ownerOf({ self, isAlive, clock }: Context, run: string): LoopOwner {
  return { holder: { ...self, run, since: clock.now() }, ttlMs: LEASE_MS, isAlive };
}
