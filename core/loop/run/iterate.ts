/**
 * Iteration after iteration: admission, intent, step, cost, score, record, decision. The result of a step and the intent of
 * the next one are stored together.
 *
 * @module
 */

import type { LoopMemo, StepPlace } from "../../ports/loop_store.ts";
import { Cancelled, errorText } from "../base/errors.ts";
import { type Flow, wait } from "../base/flow.ts";
import { Frame } from "../step/frame.ts";
import { memoKey } from "../step/once.ts";
import { hold, refusal, reserveFor } from "../drive/admission.ts";
import { type Tried, tryStep } from "./attempt.ts";
import { runCandidates } from "./candidates.ts";
import { commit } from "../drive/commit.ts";
import { type Drive, note } from "../drive/drive.ts";
import { holding, isPoolExhausted, type Pooled, pooledFor, poolExhausted, poolRefusal } from "../drive/pool.ts";
import { type Ending, endingOf, outOfBudget } from "./ending.ts";
import { headText } from "./head.ts";
import { recordFailed, recordOk } from "./record.ts";
import { lookNowAndThen } from "../drive/open_drive.ts";
import { closeFailed } from "./settle.ts";
import { pauseBetween } from "./waiting.ts";

/** Iterates until something ends the run, or makes it wait. */
export function* iterate<S>(drive: Drive<S>): Flow<Ending> {
  for (;;) {
    const text = yield* headText(drive);
    const { branches } = drive.definition.spec;
    const ending = branches === undefined ? yield* runStep(drive, text) : yield* runCandidates(drive, text);
    if (ending !== undefined) return ending;
  }
}

/** One step, tried as often as it may be. Gives what ends the run, if anything does. */
function* runStep<S>(drive: Drive<S>, text: string): Flow<Ending | undefined> {
  const place: StepPlace = { step: drive.row.nextStep, branch: "" };
  const { first, memos } = takeRecovered(drive);
  for (let attempt = first, tries = 1;; attempt++, tries++) {
    const frame = yield* begin(drive, { place, attempt, memos, text, isFirst: tries === 1 });
    if (!(frame instanceof Frame)) return frame;
    const tried = yield* tryStep(frame, text);
    if (tried.kind === "failed" && mayRetry(drive, tried.error, tries)) {
      giveBack(frame, tried);
      const stopped = yield* pauseBetween(drive, {
        error: tried.error,
        failures: tries,
        backoff: drive.definition.backoff,
      });
      if (stopped !== undefined) return stopped;
      continue;
    }
    return yield* end(frame, tried);
  }
}

/** What a run that was recovered knows of its next step. */
export function takeRecovered<S>(drive: Drive<S>): { first: number; memos: Map<string, LoopMemo> } {
  const { recovered } = drive;
  drive.recovered = undefined;
  if (recovered === undefined) return { first: 1, memos: new Map() };
  return {
    first: recovered.attempts + 1,
    memos: new Map(recovered.memos.map((it) => [memoKey(it.branch, it.key), it])),
  };
}

/** Admission and intent: a step never runs without a stored intent. */
export function* begin<S>(
  drive: Drive<S>,
  { place, attempt, memos, text, isFirst }: Pick<Frame<S>, "place" | "attempt" | "memos"> & {
    readonly text: string;
    readonly isFirst: boolean;
  },
): Flow<Frame<S> | Ending> {
  if (drive.definition.isSync) yield* lookNowAndThen(drive);
  if (drive.stop.cause !== undefined) return endingOf(drive.stop.cause);
  const state = drive.definition.estimate && (yield* wait(drive.definition.codec.copy(text)));
  const reserve = reserveFor(drive, () => state as S);
  const refused = refusal(drive, reserve, isFirst);
  if (refused !== undefined) return outOfBudget(refused);
  const pooled = pooledFor(drive, reserve.amount.nano);
  const tooMuch = yield* poolRefusal(drive, pooled);
  if (tooMuch !== undefined) return outOfBudget(tooMuch);
  const frame = new Frame(drive, { place, attempt, memos, reserve, held: hold(drive, reserve) });
  const taken = yield* intend(drive, frame, pooled);
  if (taken !== undefined) return taken;
  // The lease may have been lost, or the run called off, while the intent was stored.
  if (drive.stop.cause === undefined) return frame;
  frame.held.release();
  frame.settlePool();
  drive.pending.attempts.push(frame.row("abandoned"));
  return endingOf(drive.stop.cause);
}

/** Stores the intent. Another process may have used up a shared budget since it was asked: then there is none. */
function* intend<S>(drive: Drive<S>, frame: Frame<S>, pooled: Pooled | undefined): Flow<Ending | undefined> {
  const { attempt, place } = frame;
  if (pooled !== undefined) yield* commit(drive);
  drive.pending.attempts.push(frame.row("in_flight"));
  note(drive, "step.started", attempt === 1 ? {} : { attempt }, place.step);
  if (pooled !== undefined) drive.pending.pools.push(holding(pooled, pooled.heldNano));
  try {
    yield* commit(drive);
    frame.pooled = pooled;
    return undefined;
  } catch (error) {
    if (pooled === undefined || !isPoolExhausted(error)) throw error;
    // Nothing of the intent was written, and what was pending before it was stored by itself.
    drive.row.lastSeq--;
    frame.held.release();
    return outOfBudget(poolExhausted(drive, pooled));
  }
}

function mayRetry<S>({ definition, stop }: Drive<S>, error: unknown, tries: number): boolean {
  const { shouldRetry } = definition.spec.retry ?? {};
  return tries < definition.attempts && stop.cause === undefined && (shouldRetry?.(error) ?? true);
}

/** A try that is made again: its cost counts. */
function giveBack<S>(frame: Frame<S>, { error }: { readonly error: unknown }): void {
  closeFailed(frame);
  frame.settlePool();
  frame.drive.pending.attempts.push(frame.row("error", errorText(error)));
  note(frame.drive, "step.failed", { error: errorText(error), attempt: frame.attempt, retry: true }, frame.place.step);
  frame.drive.carried += frame.spent.nano;
}

function* end<S>(frame: Frame<S>, tried: Tried<S>): Flow<Ending | undefined> {
  const ending = yield* settle(frame, tried);
  frame.isOver = true;
  // Whoever calls a run off has the last word, also over a step that was the last one.
  const { cause } = frame.drive.stop;
  return cause instanceof Cancelled ? endingOf(cause) : ending;
}

function* settle<S>(frame: Frame<S>, tried: Tried<S>): Flow<Ending | undefined> {
  const { drive } = frame;
  switch (tried.kind) {
    case "ok":
      return (yield* recordOk(frame, tried)) ?? (drive.stop.cause && endingOf(drive.stop.cause));
    case "failed": {
      const ending = yield* recordFailed(frame, tried);
      if (ending !== undefined) return ending;
      const backoff = drive.definition.errorBackoff;
      return yield* pauseBetween(drive, { error: tried.error, failures: drive.memory.errors, backoff });
    }
    case "paused":
      frame.close();
      frame.settlePool();
      drive.pending.attempts.push(frame.row("paused"));
      return { status: "paused", reason: "paused", error: tried.paused };
    case "refused":
      frame.close();
      frame.settlePool();
      drive.pending.attempts.push(frame.row("error", errorText(tried.error)));
      return outOfBudget(tried.error);
    case "stopped":
      frame.lose();
      drive.pending.attempts.push(frame.row("abandoned", errorText(tried.cause)));
      return endingOf(tried.cause);
  }
}
