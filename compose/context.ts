/**
 * The machine as the engine sees it: adapters of the host, and what they have to know of policies.
 *
 * @module
 */

import type { Context } from "../core/context.ts";
import { machineContext } from "../plugins/host/context.ts";

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

/** The real outside. What costs time is done when first asked for. */
export function hostContext(): Context {
  return machineContext({ rendering: async () => (await renderings()).sandboxRendering });
}

function renderings(): Promise<typeof import("../core/gate/sandbox/mod.ts")> {
  return import(isReached ? "../core/gate/sandbox/mod.ts" : "../core/gate/sandbox/mod.ts");
}
