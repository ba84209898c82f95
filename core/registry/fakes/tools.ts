/**
 * Surroundings in memory for contract suites.
 *
 * @module
 */

import type { ContractTools } from "../base/contract_tools.ts";
import { memoryWorkspace } from "./workspace.ts";

/** What of the surroundings is real. */
export type MemoryToolsOptions = Partial<ContractTools>;

/**
 * Surroundings for providers that are in memory themselves: no disk, no clock. A wait is given up only by what it waits
 * for.
 *
 * @param real Parts that are real, such as `dataDir` for a provider that reads the disk.
 */
export function memoryTools(real: MemoryToolsOptions = {}): ContractTools {
  return {
    workspace: () => Promise.resolve(memoryWorkspace()),
    dataDir: "/data",
    environment: () => ({}),
    secrets: { CANARY_API_KEY: "canary-5f1c0e7a9b2d" },
    sleep: (_ms, signal) => new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason))),
    ...real,
  };
}
