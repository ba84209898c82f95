import type { Context } from "../context.ts";
import { busy, interrupted, LoomError } from "../errors.ts";
import type { Lease, LeaseHolder, Store } from "../ports/store.ts";

/** A lease that is not renewed for this long may be taken by another loom. */
const TTL_MS = 15_000;
const POLL_MS = 250;

/** What is to be driven, and how patient the person is. */
export interface DriveOptions {
  readonly store: Store;
  /** The pipeline, relative to its project. */
  readonly scope: string;
  readonly run: string;
  readonly wait: boolean;
  readonly signal: AbortSignal;
  /** Told once, when it has to wait. */
  readonly onWait: (holder: LeaseHolder) => void;
}

/**
 * Becomes the one driver of a pipeline, or waits until it can.
 *
 * @throws {LoomError} `busy`, naming who drives it; `interrupted` when the wait is called off.
 */
export async function becomeDriver(options: DriveOptions, context: Context): Promise<Lease> {
  const { store, scope, run, wait, signal, onWait } = options;
  const { clock, self, isAlive } = context;
  const holder = { ...self, run, since: clock.now() };
  for (let isFirst = true;; isFirst = false) {
    const lease = store.leases.acquire(scope, holder, TTL_MS, clock.now(), isAlive);
    if ("fence" in lease) return lease;
    if (!wait) throw busy(scope, `another loom (process ${lease.pid} on ${lease.host}, run ${lease.run})`);
    if (isFirst) onWait(lease);
    await clock.sleep(POLL_MS, signal).catch((error) => {
      throw signal.aborted ? interrupted(`Stopped waiting for ${scope}; nothing was run`) : error;
    });
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
