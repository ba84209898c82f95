/**
 * The end of a run in this process: its last rows and its status are stored together.
 *
 * @module
 */

import type { LoopRow } from "../../ports/loop_store.ts";
import { durationMs } from "../base/duration.ts";
import { errorText, LeaseLost } from "../base/errors.ts";
import { type Flow, wait } from "../base/flow.ts";
import type { LoopResult } from "../types/mod.ts";
import { commit } from "../drive/commit.ts";
import { type Drive, note } from "../drive/drive.ts";
import type { Ending } from "./ending.ts";
import { headRef, headStep } from "./head.ts";
import { iterate } from "./iterate.ts";
import { closeDrive } from "../drive/open_drive.ts";
import { resultOf } from "./result.ts";

/** Drives a run until it ends or waits; `opening` comes first. */
export function* conduct<S>(drive: Drive<S>, opening?: () => Flow<void>): Flow<LoopResult<S>> {
  try {
    if (opening !== undefined) yield* opening();
    return yield* finish(drive, yield* iterate(drive));
  } catch (error) {
    // The run was taken over: what became of it is for its new owner to say.
    if (!(error instanceof LeaseLost) || error.runId !== drive.row.id) throw error;
    return yield* outcome(drive, { status: "running", reason: "lease lost", error });
  } finally {
    closeDrive(drive);
  }
}

function* finish<S>(drive: Drive<S>, ending: Ending): Flow<LoopResult<S>> {
  // With another status it was a child that was taken over: whether this run was, too, the store will say.
  if (ending.status === "running") return yield* outcome(drive, ending);
  const { status, reason, error } = ending;
  drive.row.status = status;
  drive.row.reason = reason;
  drive.memory.open = status === "paused" ? openKeys(drive) : [];
  if (status !== "paused") note(drive, "run.finished", { status, reason });
  yield* commit(drive, endMembers(error));
  yield* wait(drive.store.release(drive.lease));
  yield* rollUp(drive, error);
  yield* prune(drive);
  return yield* outcome(drive, ending);
}

/** Questions that wait for an answer. One of an earlier step that was gone on without is none of them. */
function openKeys<S>({ questions, memory, row }: Drive<S>): readonly string[] {
  const open = [...questions.values()].filter(({ answer }) => answer === undefined);
  return open.map(({ key }) => key).filter((key) => memory.asked[key] === row.nextStep);
}

function endMembers(error: unknown): Partial<LoopRow> {
  if (error === undefined) return { error: undefined, errorStack: undefined };
  return { error: errorText(error), errorStack: error instanceof Error ? error.stack : undefined };
}

/** What a child has spent is known around it before its result is. */
function* rollUp<S>({ around, store, ledger, row }: Drive<S>, error: unknown): Flow<void> {
  if (around === undefined) return;
  around.noteChild(ledger.money.spent, row.status === "paused" ? error : undefined);
  if (around.drive.store !== store) yield* commit(around.drive);
}

function* prune<S>({ definition, store, host, row }: Drive<S>): Flow<void> {
  const { retention } = definition.spec;
  if (retention === undefined || row.status === "paused") return;
  const { maxAge, maxRuns, keepStates } = retention;
  const maxAgeMs = maxAge === undefined ? undefined : durationMs(maxAge);
  yield* wait(store.prune({ maxAgeMs, maxRuns, keepStates }, { dryRun: false, now: host.clock.now() }));
}

function* outcome<S>(drive: Drive<S>, { error, status, reason }: Ending): Flow<LoopResult<S>> {
  const { definition, store, states, ledger } = drive;
  const row: LoopRow = { ...drive.row, ...ledger.totals(), status, reason };
  const open = drive.questions.get(drive.memory.open[0]);
  const pending = open && { key: open.key, request: JSON.parse(open.request) as unknown };
  const head = { headRef: yield* headRef(drive), headStep: headStep(drive) };
  const now = drive.host.clock.now();
  const { written } = drive.memory;
  return yield* resultOf({ definition, row, store, states, ...head, written, now, error, pending });
}
