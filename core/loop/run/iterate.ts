/**
 * Iteration after iteration: admission, intent, step, cost, score, record, decision. The result of a step and the intent of
 * the next one are stored together.
 *
 * @module
 */

import type { StepPlace } from "../../ports/loop_store.ts";
import { Cancelled, errorText } from "../base/errors.ts";
import type { Flow } from "../base/flow.ts";
import { Frame } from "../step/frame.ts";
import { type Tried, tryStep } from "./attempt.ts";
import { runCandidates } from "./candidates.ts";
import { type Drive, note } from "../drive/drive.ts";
import { type Ending, endingOf, outOfBudget } from "./ending.ts";
import { headText } from "./head.ts";
import { begin, takeRecovered } from "./intent.ts";
import { recordFailed, recordOk } from "./record.ts";
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

function mayRetry<S>({ definition, stop, host }: Drive<S>, error: unknown, tries: number): boolean {
  const { shouldRetry } = definition.spec.retry ?? {};
  if (tries >= definition.attempts || stop.cause !== undefined) return false;
  try {
    return shouldRetry?.(error) ?? true;
  } catch (second) {
    // The step's own error is the one to be told.
    host.report(`retry.shouldRetry failed: ${errorText(second)}`);
    return false;
  }
}

/** A try that is made again: its cost counts. */
function giveBack<S>(frame: Frame<S>, { error }: { readonly error: unknown }): void {
  closeFailed(frame);
  frame.settlePool();
  frame.drive.pending.attempts.push(frame.row("error", errorText(error)));
  note(frame.drive, "step.failed", { error: errorText(error), attempt: frame.attempt, retry: true }, frame.place.step);
  frame.drive.carried += frame.spent.nano;
  frame.isOver = true;
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
