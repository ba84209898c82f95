/** Rows to try stores of loops with. */

import type { LoopAttempt, LoopLease, LoopOwner, LoopRow, LoopStore, StepRow } from "../../core/ports/loop_store.ts";

/** When everything in these tests happens. */
export const start = 1_700_000_000_000;

/** A run that has just begun, with what differs. */
export function runRow(id: string, differs: Partial<LoopRow> = {}): LoopRow {
  return {
    id,
    name: "improve",
    specHash: "0123456789abcdef",
    specJson: '{"name":"improve"}',
    status: "running",
    reason: "",
    inputRef: "input",
    nextStep: 0,
    steps: 0,
    iterations: 0,
    activeMs: 0,
    limits: {},
    guarantee: "hard",
    memory: "{}",
    inheritedNano: 0,
    cancelRequested: false,
    lastSeq: 0,
    imported: false,
    createdAt: start,
    updatedAt: start,
    spentNano: 0,
    spentTokens: 0,
    reservedNano: 0,
    reservedTokens: 0,
    unknownNano: 0,
    unknownTokens: 0,
    ...differs,
  };
}

/** A step that went well. */
export function stepRow(run: string, step: number, differs: Partial<StepRow> = {}): StepRow {
  return {
    run,
    step,
    branch: "",
    attempt: 1,
    status: "ok",
    costNano: 0,
    childNano: 0,
    tokens: 0,
    decision: "advance",
    startedAt: start,
    durationMs: 1.5,
    ...differs,
  };
}

/** A try that is under way. */
export function attemptRow(run: string, step: number, differs: Partial<LoopAttempt> = {}): LoopAttempt {
  return {
    run,
    step,
    branch: "",
    attempt: 1,
    status: "in_flight",
    reservedNano: 0,
    reservedTokens: 0,
    fence: 1,
    startedAt: start,
    ...differs,
  };
}

/** An owner on this host. `ttlMs: 0` is silent for too long at once. */
export function ownerOf(
  pid: number,
  { ttlMs = 60_000, isAlive = true, host = "here" }: { ttlMs?: number; isAlive?: boolean; host?: string } = {},
): LoopOwner {
  return { holder: { pid, host, processStart: `s${pid}`, run: "r", since: start }, ttlMs, isAlive: () => isAlive };
}

/** A new run under a lease. */
export async function begun(store: LoopStore, id = "r", differs: Partial<LoopRow> = {}): Promise<LoopLease> {
  return await store.createRun(runRow(id, differs), {}, ownerOf(1));
}

/** Content that can be told from other content. */
export function blobOf(ref: string, sizeBytes = 10): { ref: string; codec: "json"; bytes: Uint8Array } {
  return { ref, codec: "json", bytes: new Uint8Array(sizeBytes).fill(ref.length) };
}
