import type { Context } from "../../../core/context.ts";
import type { RunStatus } from "../../../core/ports/events.ts";
import type { LoopRow, LoopStore } from "../../../core/ports/loop_store.ts";
import type { LeaseHolder, RunRecord, Store } from "../../../core/ports/store.ts";

/** How a run stands: what is kept of one whose driver died says that it is running, and it is not. */
export interface Standing {
  readonly status: RunStatus;
  /** Who drives it, if this server does not. */
  readonly elsewhere?: LeaseHolder;
}

/** How a run stands. `isOwn`: it goes on at this server. */
export function standingOf(
  { id, name, status }: Pick<RunRecord, "id" | "name" | "status">,
  { store, isOwn, context }: { readonly store: Store; readonly isOwn: boolean; readonly context: Driven },
): Standing {
  if (status !== "running" || isOwn) return { status };
  const { clock, self, isAlive } = context;
  const holder = store.leases.holder(name, clock.now());
  const isHere = holder?.host === self.host;
  if (holder?.run !== id || (isHere && !isAlive(holder))) return { status: "interrupted" };
  // One of this server that it has not been told of yet.
  return isHere && holder.pid === self.pid ? { status } : { status, elsewhere: holder };
}

type Driven = Pick<Context, "clock" | "self" | "isAlive">;

/** Its driver, for an answer. */
export function driverDocument(
  holder: LeaseHolder | undefined,
  { self }: Pick<Context, "self">,
): { readonly pid: number; readonly host: string; readonly here: boolean } | undefined {
  return holder && { pid: holder.pid, host: holder.host, here: holder.host === self.host };
}

/** How a run of a loop stands, likewise; it is driven by whoever made it, never by this server. */
export async function loopStandingOf(
  { id, status }: Pick<LoopRow, "id" | "status">,
  loops: LoopStore,
  { self, isAlive }: Pick<Context, "self" | "isAlive">,
): Promise<{ readonly status: LoopRow["status"]; readonly elsewhere?: LeaseHolder }> {
  if (status !== "running") return { status };
  const holder = (await loops.holder(id))?.holder;
  const isDriven = holder !== undefined && (holder.host !== self.host || isAlive(holder));
  return isDriven ? { status, elsewhere: holder } : { status: "interrupted" };
}
