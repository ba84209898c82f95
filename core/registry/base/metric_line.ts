/**
 * What code reports of itself: lines `LOOM_METRIC name=value`.
 *
 * @module
 */

const LINE = /^LOOM_METRIC ([A-Za-z_][\w.-]*)=(\S+)\s*$/gm;

/**
 * Metrics that the output reports, by name; of several with one name the last counts. What is no finite number is none.
 *
 * @example Usage
 * ```ts
 * import { reportedMetrics } from "@loom/loom";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(reportedMetrics(["fold 1\nLOOM_METRIC auc=0.9\n", "LOOM_METRIC loss=nan\n"]), { auc: 0.9 });
 * ```
 *
 * @param output Chunks of output, in order; a line may be cut between them.
 */
export function reportedMetrics(output: readonly string[]): Readonly<Record<string, number>> {
  const found = new Map<string, number>();
  for (const [, name, text] of output.join("").matchAll(LINE)) {
    const value = Number(text);
    if (Number.isFinite(value)) found.set(name, value);
  }
  return Object.fromEntries(found);
}
