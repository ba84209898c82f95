import type { LoopRow, StepRow } from "../../ports/loop_store.ts";
import type { RunLook } from "./run_look.ts";

/** A run without steps that has spent nothing. */
export function fakeRun(differences: Partial<LoopRow> = {}): LoopRow {
  return {
    ...{ id: "run1", name: "draft", specHash: "0123456789abcdef", specJson: "{}", status: "completed", reason: "" },
    ...{ inputRef: "", nextStep: 0, steps: 0, iterations: 0, activeMs: 0, limits: {}, guarantee: "hard", memory: "" },
    ...{ inheritedNano: 0, cancelRequested: false, lastSeq: 0, imported: false, createdAt: 0, updatedAt: 0 },
    ...{ spentNano: 0, spentTokens: 0, reservedNano: 0, reservedTokens: 0, unknownNano: 0, unknownTokens: 0 },
    ...differences,
  } as LoopRow;
}

/** A step that went on from the one before and cost a cent. */
export function fakeStep(step: number, differences: Partial<StepRow> = {}): StepRow {
  return {
    ...{ run: "run1", step, branch: "", attempt: 1, status: "ok", costNano: 10_000_000, childNano: 0, tokens: 0 },
    ...(step > 0 && { input: { step: step - 1, branch: "" } }),
    ...{ decision: "advance", startedAt: 0, durationMs: 1 },
    ...differences,
  } as StepRow;
}

/** What is seen of such a run. */
export function fakeLook(differences: Partial<RunLook> = {}): RunLook {
  return { run: fakeRun(), steps: [], unsettled: [], breakers: [], questions: [], children: [], ...differences };
}
