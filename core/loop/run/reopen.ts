/**
 * Opening a stored run again: under which limits, with which memory, and whether there is anything to go on with.
 *
 * @module
 */

import type { Limits, LoopRow, PauseRow } from "../../ports/loop_store.ts";
import { Faults } from "../base/faults.ts";
import type { Flow } from "../base/flow.ts";
import type { Definition } from "../definition/definition.ts";
import { addLimits, lowerOf, sumOf, toLimits, withoutAdded } from "../definition/limits.ts";
import { commit } from "../drive/commit.ts";
import { type Drive, note } from "../drive/drive.ts";
import { type Memory, storedMemory } from "../drive/memory.ts";
import type { ResumeOptions } from "../types/mod.ts";

/** The question that a run still waits for; none if any was answered, or has timed out, since it was paused. */
export function openQuestion(
  { status }: LoopRow,
  { open }: Memory,
  { questions, now }: { readonly questions: readonly PauseRow[]; readonly now: number },
): PauseRow | undefined {
  if (status !== "paused") return undefined;
  // A child may be what waits: then nothing is open here, and going on finds it.
  const asked = questions.filter(({ key }) => open.includes(key));
  const isStillOpen = ({ answer, deadline }: PauseRow) => answer === undefined && (deadline ?? Infinity) > now;
  return asked.every(isStillOpen) ? asked[0] : undefined;
}

/** What a run remembers, brought up to date: strategies start anew where it was opened again on purpose. */
export function memoryFor<S>(definition: Definition<S>, row: LoopRow, changed: readonly string[]): Memory {
  const memory = storedMemory(row.memory, definition, changed);
  const { status, version, nextStep } = row;
  if (status === "stalled") memory.stall = definition.stall?.begin() ?? null;
  if (status === "completed" || status === "cancelled") memory.detector = definition.detector?.begin() ?? null;
  if (status === "failed") [memory.errors, memory.scorerFailures] = [0, 0];
  if (version !== definition.spec.version) memory.written = [...memory.written, { before: nextStep, version }];
  return memory;
}

/**
 * The stored limits stand; lower ones of the code take effect, higher ones have to be asked for. What was asked for is kept
 * apart, so that the code's limits do not take it back.
 */
export function limitsFor(
  row: LoopRow,
  { code, added, now }: { readonly code: Limits; readonly added: Limits; readonly now: number },
  { addBudget, budget }: Pick<ResumeOptions, "addBudget" | "budget">,
): { readonly limits: Limits; readonly added: Limits } {
  const faults = new Faults();
  if (budget !== undefined) faults.oneOf(budget, ["fresh"], "budget");
  const more = toLimits(addBudget, faults, "addBudget");
  faults.throwIfAny(`Run ${row.id} cannot be resumed`);
  if (budget === "fresh") return withAdded(code, sumOf(usedOf(row, code, now), more));
  const isUnlimited = row.imported && Object.keys(row.limits).length === 0;
  return withAdded(isUnlimited ? code : lowerOf(withoutAdded(row.limits, added), code), sumOf(added, more));
}

function withAdded(limits: Limits, added: Limits) {
  return { limits: addLimits(limits, added), added };
}

/** What does not count in a new budget. */
function usedOf(row: LoopRow, { wallClockMode }: Limits, now: number): Limits {
  return {
    nano: row.spentNano + row.unknownNano,
    tokens: row.spentTokens + row.unknownTokens,
    iterations: row.iterations,
    wallClockMs: wallClockMode === "calendar" ? now - row.createdAt : row.activeMs,
  };
}

/** The run is open again: stored before anything else is. */
export function* reopen<S>(
  drive: Drive<S>,
  before: LoopRow,
  { addBudget }: Pick<ResumeOptions, "addBudget">,
): Flow<void> {
  const { memory, questions, definition } = drive;
  for (const key of memory.open) {
    if (questions.get(key)?.answer !== undefined) note(drive, "answered", { key }, memory.asked[key]);
  }
  memory.open = [];
  note(drive, "resumed", { from: before.status, ...(addBudget !== undefined && { addBudget }) });
  const { specHash, specJson, spec: { version } } = definition;
  const ended = { error: undefined, errorStack: undefined, cancelRequested: false };
  yield* commit(drive, { limits: drive.row.limits, ...ended, specHash, specJson, version });
}
