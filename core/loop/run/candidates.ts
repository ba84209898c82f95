/**
 * Several candidates of one iteration, from the same head; one of them is gone on from.
 *
 * @module
 */

import type { StepRow } from "../../ports/loop_store.ts";
import { errorText, LoopConfigError } from "../base/errors.ts";
import { type Flow, runAsync, wait } from "../base/flow.ts";
import { Frame } from "../step/frame.ts";
import type { HistoryEntry } from "../types/mod.ts";
import { type Tried, tryStep } from "./attempt.ts";
import type { Drive } from "../drive/drive.ts";
import { type Ending, endingOf, outOfBudget } from "./ending.ts";
import { begin, takeRecovered } from "./intent.ts";
import { decided, enter, failedRow, okRow } from "./record.ts";
import { pauseBetween } from "./waiting.ts";

interface Candidate<S> {
  readonly frame: Frame<S>;
  readonly tried: Tried<S>;
}

/** One iteration: as many candidates as the budget allows run together. */
export function* runCandidates<S>(drive: Drive<S>, text: string): Flow<Ending | undefined> {
  const frames: Frame<S>[] = [];
  let refused: Ending | undefined;
  const { first, memos } = takeRecovered(drive);
  for (let index = 0; index < drive.definition.spec.branches!.n && refused === undefined; index++) {
    const place = { step: drive.row.nextStep, branch: String(index) };
    const frame = yield* begin(drive, { place, attempt: first, memos, text, isFirst: index === 0 });
    if (frame instanceof Frame) frames.push(frame);
    else refused = frame;
  }
  if (frames.length === 0) return refused;
  const tried = yield* wait(Promise.all(frames.map((frame) => runAsync(tryStep(frame, text)))));
  const ending = yield* judge(drive, frames.map((frame, index) => ({ frame, tried: tried[index] })));
  for (const frame of frames) frame.isOver = true;
  return ending;
}

function* judge<S>(drive: Drive<S>, candidates: readonly Candidate<S>[]): Flow<Ending | undefined> {
  const rows: StepRow[] = [];
  let waits: Ending | undefined;
  let error: unknown;
  for (const { frame, tried } of candidates) {
    if (tried.kind === "ok") {
      const { row, failure } = yield* okRow(frame, tried);
      rows.push(row);
      drive.pending.attempts.push(frame.row("ok"));
      if (failure !== undefined) waits = { status: "failed", reason: "scorer_failed", error: failure };
    } else if (tried.kind === "failed") {
      rows.push(failedRow(frame, tried));
      drive.pending.attempts.push(frame.row("error", errorText(tried.error)));
      error = tried.error;
    } else waits = giveUp(frame, tried);
  }
  // A candidate that waits, or could not be afforded, leaves the iteration open: it is gone through again.
  if (waits !== undefined && waits.status !== "failed") return waits;
  return (yield* choose(drive, candidates, { rows, error })) ?? waits;
}

function giveUp<S>(frame: Frame<S>, tried: Exclude<Tried<S>, { kind: "ok" | "failed" }>): Ending {
  const { pending } = frame.drive;
  if (tried.kind === "stopped") {
    frame.lose();
    pending.attempts.push(frame.row("abandoned", errorText(tried.cause)));
    return endingOf(tried.cause);
  }
  frame.close();
  frame.settlePool();
  if (tried.kind === "paused") {
    pending.attempts.push(frame.row("paused"));
    return { status: "paused", reason: "paused", error: tried.paused };
  }
  pending.attempts.push(frame.row("error", errorText(tried.error)));
  return outOfBudget(tried.error);
}

/** The candidate that is gone on from decides what comes next; the others are kept beside it. */
function* choose<S>(
  drive: Drive<S>,
  candidates: readonly Candidate<S>[],
  { rows, error }: { readonly rows: readonly StepRow[]; readonly error: unknown },
): Flow<Ending | undefined> {
  const good = rows.filter(({ status }) => status === "ok");
  const { row: chosen, failure } = good.length === 0 ? { row: rows[0] } : yield* selected(drive, good);
  drive.memory.errors = good.length === 0 ? drive.memory.errors + 1 : 0;
  for (const row of rows.filter((it) => it !== chosen)) drop(drive, { ...row, decision: "dropped" });
  const { frame } = candidates.find((it) => it.frame.place.branch === chosen.branch)!;
  const { ending } = yield* decided(frame, chosen, error);
  for (const it of candidates) it.frame.settlePool();
  drive.row.iterations++;
  drive.row.nextStep++;
  const backoff = good.length === 0 ? drive.definition.errorBackoff : undefined;
  if (failure !== undefined) return { status: "failed", reason: "error", error: failure };
  return ending ?? (yield* pauseBetween(drive, { error, failures: drive.memory.errors, backoff }));
}

function drop<S>(drive: Drive<S>, row: StepRow): void {
  drive.history.add(row);
  enter(drive, row);
}

/** Which candidate is gone on from. Where the loop's own function fails, it is the best, so that none is lost. */
function* selected<S>(drive: Drive<S>, rows: readonly StepRow[]): Flow<{ row: StepRow; failure?: unknown }> {
  try {
    return { row: yield* select(drive, rows) };
  } catch (failure) {
    return { row: best(rows), failure };
  }
}

function best(rows: readonly StepRow[]): StepRow {
  return rows.reduce((top, row) => (row.score ?? -Infinity) > (top.score ?? -Infinity) ? row : top);
}

/** The best score, the first of equals; or what the loop's own function chooses. */
function* select<S>(drive: Drive<S>, rows: readonly StepRow[]): Flow<StepRow> {
  const { select: how = "best" } = drive.definition.spec.branches!;
  if (how === "best") return best(rows);
  const entries: readonly HistoryEntry<S>[] = rows.map((row) => drive.history.entry(row));
  const index = yield* wait(how(entries));
  if (rows[index] !== undefined) return rows[index];
  throw new LoopConfigError(`branches.select must give an index from 0 to ${rows.length - 1}, not ${index}`, {
    runId: drive.row.id,
  });
}
