/**
 * The machine as the engine sees it: adapters of the host, and what they have to know of policies.
 *
 * @module
 */

import type { Context } from "../core/context.ts";
import { machineContext } from "../plugins/host/context.ts";

/** The real outside. What costs time is done when first asked for. */
export function hostContext(): Context {
  return machineContext({ rendering: async () => (await import("../core/gate/sandbox/mod.ts")).sandboxRendering });
}
