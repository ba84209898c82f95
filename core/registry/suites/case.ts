/**
 * What every contract suite is made of: cases that need no framework.
 *
 * @module
 */

import type { ContractTools } from "../base/contract_tools.ts";

export { TRAIN_CSV } from "../base/contract_tools.ts";
export type { ContractTools } from "../base/contract_tools.ts";

/** One promise of a port, and how it is checked. */
export interface ContractCase<Subject> {
  /** A sentence that begins with what is called: `run() stops when the signal aborts`. */
  readonly name: string;
  /** Resolves if it is kept, rejects saying what was not. `subject` gives a new provider each time. */
  run(subject: () => Promise<Subject>, tools: ContractTools): Promise<void>;
}

/** How one case went. */
export interface CaseOutcome {
  readonly name: string;
  /** Absent if the promise is kept. */
  readonly error?: Error;
}

/**
 * Tries every case, one after the other, each with providers of its own.
 *
 * @example A suite of one case
 * ```ts
 * import { type ContractCase, memoryTools, trySuite } from "@loom/loom";
 * import { deepEqual } from "node:assert/strict";
 *
 * const suite: ContractCase<() => number>[] = [{
 *   name: "it gives a number",
 *   async run(subject) {
 *     if (typeof (await subject())() !== "number") throw new TypeError("It gave none");
 *   },
 * }];
 * const outcomes = await trySuite(suite, () => Promise.resolve(() => 1), memoryTools());
 * deepEqual(outcomes, [{ name: "it gives a number" }]);
 * ```
 */
export async function trySuite<Subject>(
  suite: readonly ContractCase<Subject>[],
  subject: () => Promise<Subject>,
  tools: ContractTools,
): Promise<readonly CaseOutcome[]> {
  const outcomes: CaseOutcome[] = [];
  for (const { name, run } of suite) outcomes.push({ name, ...await outcomeOf(() => run(subject, tools)) });
  return outcomes;
}

async function outcomeOf(work: () => Promise<void>): Promise<Pick<CaseOutcome, "error">> {
  try {
    await work();
    return {};
  } catch (cause) {
    return { error: cause instanceof Error ? cause : new Error(String(cause), { cause }) };
  }
}
