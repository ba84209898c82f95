/**
 * Calling a run off without its loop.
 *
 * @module
 */

import type { LoopOwner, LoopRow, LoopStore } from "../../ports/loop_store.ts";
import { LoomError } from "../../errors.ts";
import { RunNotFound } from "../base/errors.ts";
import { type Flow, wait } from "../base/flow.ts";

/** What became of the wish: a driver was told, or the run was ended here. */
export type CancelOutcome = "asked" | "cancelled";

/**
 * Calls a run off. Its driver hears of it within a second; one that nobody drives is ended at once.
 *
 * @throws {LoomError} `nothing-to-cancel` if it has ended already.
 */
export function* cancelRun(store: LoopStore, id: string, owner: LoopOwner): Flow<CancelOutcome> {
  const run = yield* wait(store.getRun(id));
  if (run === undefined) throw new RunNotFound(`There is no run ${id} in ${store.place}`, { runId: id });
  refuseEnded(run);
  const taken = yield* wait(store.acquire(id, owner));
  if (!("fence" in taken)) {
    yield* wait(store.requestCancel(id));
    return "asked";
  }
  try {
    // Read again under the lease: its driver may have ended it in the meantime.
    const now = (yield* wait(store.getRun(id)))!;
    refuseEnded(now);
    const at = yield* wait(store.now());
    const end = { status: "cancelled", reason: "cancelled" } as const;
    const event = { run: id, seq: now.lastSeq + 1, type: "run.finished", data: JSON.stringify(end), at };
    const changes = [{ id, ...end, lastSeq: event.seq, updatedAt: at }];
    yield* wait(store.commit({ leases: [taken], runs: changes, events: [event] }));
  } finally {
    yield* wait(store.release(taken));
  }
  return "cancelled";
}

function refuseEnded({ id, status }: LoopRow): void {
  if (status !== "completed" && status !== "cancelled") return;
  const message = status === "completed" ? `Run ${id} is completed` : `Run ${id} was cancelled before`;
  throw new LoomError("nothing-to-cancel", `${message}: there is nothing to call off`, { data: { id } });
}
