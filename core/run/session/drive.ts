import type { Context } from "../../context.ts";
import { busy, interrupted, LoomError } from "../../errors.ts";
import type { Lease, LeaseHolder, Store } from "../../ports/store.ts";

/** A lease that is not renewed for this long may be taken by another loom. */
const TTL_MS = 15_000;
const POLL_MS = 250;

/** What is to be driven, and by which run. */
export interface Drive {
  readonly store: Store;
  /** The pipeline, relative to its project. */
  readonly scope: string;
  readonly run: string;
}

/** How patient the person is. */
export interface Patience {
  readonly wait: boolean;
  readonly signal: AbortSignal;
  /** Told once, when it has to wait. */
  readonly onWait: (holder: LeaseHolder) => void;
}

/** Becomes the one driver of a pipeline, or finds out who is. */
export function tryToDrive({ store, scope, run }: Drive, context: Context): Lease | LeaseHolder {
  const { clock, self, isAlive } = context;
  return store.leases.acquire(scope, { ...self, run, since: clock.now() }, TTL_MS, clock.now(), isAlive);
}

/**
 * Becomes the one driver of a pipeline, or waits until it can.
 *
 * @throws {LoomError} `busy`, naming who drives it; `interrupted` when the wait is called off.
 */
export async function becomeDriver(options: Drive & Patience, context: Context): Promise<Lease> {
  const { scope, wait, signal, onWait } = options;
  for (let isFirst = true;; isFirst = false) {
    const lease = tryToDrive(options, context);
    if ("fence" in lease) return lease;
    if (!wait) throw busy(scope, `another loom (process ${lease.pid} on ${lease.host}, run ${lease.run})`);
    if (isFirst) onWait(lease);
    const slept = await context.clock.sleep(POLL_MS, signal).then(() => true, () => false);
    if (!slept) throw interrupted(`Stopped waiting for ${scope}; nothing was run`);
  }
}

/** Keeps a lease alive until `over` aborts; `onLost` hears when another loom took it. */
export async function keepDriving(
  lease: Lease,
  options: { readonly store: Store; readonly over: AbortSignal; readonly onLost: (error: LoomError) => void },
  { clock }: Context,
): Promise<void> {
  const { store, over, onLost } = options;
  while (!over.aborted) {
    const slept = await clock.sleep(TTL_MS / 3, over).then(() => true, () => false);
    if (!slept) return;
    if (store.leases.renew(lease, TTL_MS, clock.now())) continue;
    return onLost(new LoomError("lease-lost", `Another loom took over ${lease.name}`, { hint: "look at its run" }));
  }
}
