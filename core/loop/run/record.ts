/**
 * Recording a step that is over, with what was decided after it.
 *
 * @module
 */

import type { StepRow } from "../../ports/loop_store.ts";
import { errorText } from "../base/errors.ts";
import { type Flow, wait } from "../base/flow.ts";
import { toUsd } from "../base/money.ts";
import type { Frame } from "../step/frame.ts";
import { decide } from "./decide.ts";
import { type Drive, note } from "../drive/drive.ts";
import type { Ending } from "./ending.ts";
import { closeBooks, closeFailed, costOf, scoreOf } from "./settle.ts";
import type { Tried } from "./attempt.ts";

type Ok<S> = Extract<Tried<S>, { kind: "ok" }>;
type Failed<S> = Extract<Tried<S>, { kind: "failed" }>;

/** A step that gave a state. */
export function* recordOk<S>(frame: Frame<S>, tried: Ok<S>): Flow<Ending | undefined> {
  const { row, failure } = yield* okRow(frame, tried);
  const { drive } = frame;
  drive.memory.errors = 0;
  const ending = yield* record(frame, row, undefined);
  return failure === undefined ? ending : { status: "failed", reason: "scorer_failed", error: failure };
}

/** The row of a step that gave a state, its cost and score asked for. */
export function* okRow<S>(frame: Frame<S>, { text, context }: Ok<S>): Flow<{ row: StepRow; failure?: Error }> {
  const { drive } = frame;
  const { spec, codec } = drive.definition;
  const isAsked = spec.cost !== undefined || spec.score !== undefined;
  const state = isAsked ? yield* wait(codec.copy(text)) : undefined as S;
  const costError = yield* costOf(frame, state, context);
  const { score, scoreError, failure } = yield* scoreOf(frame, state, context);
  closeBooks(frame);
  const { ref, blob } = drive.states.add(text);
  if (blob !== undefined) drive.pending.blobs.push(blob);
  return { row: { ...rowOf(frame, "ok"), stateRef: ref, score, scoreError, costError }, failure };
}

/** A step that gave none. */
export function* recordFailed<S>(frame: Frame<S>, tried: Failed<S>): Flow<Ending | undefined> {
  const row = failedRow(frame, tried);
  frame.drive.memory.errors++;
  return yield* record(frame, row, tried.error);
}

/** The row of a step that gave none. */
export function failedRow<S>(frame: Frame<S>, { error }: Failed<S>): StepRow {
  closeFailed(frame);
  const errorStack = error instanceof Error ? error.stack : undefined;
  return { ...rowOf(frame, "error"), error: errorText(error), errorStack };
}

function rowOf<S>({ drive, place, attempt, spent, childNano, startedAt, since }: Frame<S>, status: StepRow["status"]) {
  const input = drive.row.head;
  return {
    run: drive.row.id,
    ...place,
    attempt,
    status,
    ...(input !== undefined && { input }),
    costNano: spent.nano + drive.carried,
    childNano,
    tokens: spent.tokens,
    decision: "",
    startedAt,
    durationMs: drive.host.clock.monotonicMs() - since,
  } satisfies StepRow;
}

/** Puts the row into the history, decides, and leaves all of it to the next commit. */
function* record<S>(frame: Frame<S>, undecided: StepRow, error: unknown): Flow<Ending | undefined> {
  const { drive, place } = frame;
  const { row, ending } = yield* decided(frame, undecided, error);
  drive.row.iterations++;
  drive.row.nextStep = place.step + 1;
  drive.carried = 0;
  drive.pending.attempts.push(frame.row(row.status === "ok" ? "ok" : "error", row.error));
  return ending;
}

/** Decides what comes after a row, and enters it with the decision and what the deciding has cost. */
export function* decided<S>(
  frame: Frame<S>,
  undecided: StepRow,
  error: unknown,
): Flow<{ readonly row: StepRow; readonly ending?: Ending }> {
  const { drive } = frame;
  drive.newest = undecided;
  const entry = drive.history.add(undecided);
  const before = frame.spent;
  const { text, ending } = yield* decide(frame, entry, error);
  frame.close();
  frame.settlePool();
  const extra = { costNano: frame.spent.nano - before.nano, tokens: frame.spent.tokens - before.tokens };
  const row: StepRow = {
    ...undecided,
    decision: text,
    costNano: undecided.costNano + extra.costNano,
    tokens: undecided.tokens + extra.tokens,
  };
  drive.history.settle(row);
  enter(drive, row);
  return { row, ending };
}

/** Adds a row to what is stored next. */
export function enter<S>(drive: Drive<S>, row: StepRow): void {
  drive.newest = row;
  drive.pending.steps.push(row);
  drive.row.steps++;
  const { step, branch, score } = row;
  if (score !== undefined && score >= (drive.row.best?.score ?? -Infinity)) drive.row.best = { step, branch, score };
  const cost = { ...(branch !== "" && { branch }), usd: toUsd(row.costNano), tokens: row.tokens };
  if (row.status === "ok") note(drive, "step.finished", { ...cost, score, decision: row.decision }, step);
  else note(drive, "step.failed", { ...cost, error: row.error, decision: row.decision }, step);
}
