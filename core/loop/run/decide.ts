/**
 * What comes after a recorded step: where the next one starts, and whether there is one.
 *
 * @module
 */

import type { StepPlace } from "../../ports/loop_store.ts";
import { BudgetExhausted, Cancelled, StallError, TooManyErrors } from "../base/errors.ts";
import { type Flow, wait } from "../base/flow.ts";
import { mergePatch } from "../state/merge_patch.ts";
import { canonicalJson } from "../state/canonical.ts";
import type { Frame } from "../step/frame.ts";
import type { Asked, HistoryEntry, StallAnswer } from "../types/mod.ts";
import { type Drive, note } from "../drive/drive.ts";
import { type Ending, endingOf, outOfBudget } from "./ending.ts";
import { headText, placeOfStep, setHead } from "./head.ts";

/** What was decided. */
export interface Decision {
  /** As it is stored with the step. */
  readonly text: string;
  readonly ending?: Ending;
}

/** Asks the strategies in their order. A limit that one of them reaches ends the run. */
export function* decide<S>(frame: Frame<S>, entry: HistoryEntry<S>, error: unknown): Flow<Decision> {
  try {
    return yield* decideInOrder(frame, entry, error);
  } catch (thrown) {
    const ending: Ending = thrown instanceof BudgetExhausted
      ? outOfBudget(thrown)
      : { status: "failed", reason: "error", error: thrown };
    return { text: entry.status === "ok" ? "advance" : "stay", ending };
  }
}

function* decideInOrder<S>(frame: Frame<S>, entry: HistoryEntry<S>, error: unknown): Flow<Decision> {
  const { drive, place } = frame;
  const asked = askedOf(frame);
  const text = yield* backtrack(drive, entry, { place, asked });
  // An error that is to be thrown is no step on the way to a goal: no detector may hide it.
  if (entry.status === "error" && !drive.definition.recordsErrors) return { text, ending: errorEnding(frame, error) };
  const reason = yield* convergence(drive, entry, asked);
  // Whoever calls a run off is not to be told that it has arrived.
  if (drive.stop.cause instanceof Cancelled) return { text, ending: endingOf(drive.stop.cause) };
  if (reason !== undefined) {
    note(drive, "converged", { reason }, place.step);
    return { text: `converged:${reason}`, ending: { status: "completed", reason: `converged:${reason}` } };
  }
  const tooMany = entry.status === "error" ? errorEnding(frame, error) : undefined;
  if (tooMany !== undefined) return { text, ending: tooMany };
  return (yield* stall(drive, entry, asked)) ?? { text };
}

function askedOf<S>(frame: Frame<S>): Asked<S> {
  const { drive } = frame;
  return {
    history: drive.history,
    signal: drive.stop.signal,
    runId: drive.row.id,
    spend: (cost) => frame.spend(cost),
    reserve: (cost) => frame.hold(cost),
  };
}

function* backtrack<S>(
  drive: Drive<S>,
  entry: HistoryEntry<S>,
  { place, asked }: { readonly place: StepPlace; readonly asked: Asked<S> },
): Flow<string> {
  const strategy = drive.definition.backtrack;
  if (entry.status === "ok") setHead(drive, place);
  const otherwise = entry.status === "ok" ? "advance" : "stay";
  if (strategy === undefined) return otherwise;
  const { memory, restore } = yield* wait(strategy.observe(drive.memory.backtrack, entry, asked));
  drive.memory.backtrack = memory;
  if (restore === undefined || restore === place.step) return otherwise;
  const to = restore === "input" ? undefined : yield* placeOfStep(drive, restore);
  if (isHead(drive, to)) return otherwise;
  setHead(drive, to);
  note(drive, "backtrack", { to: to?.step ?? "input" }, place.step);
  return `backtrack:${to?.step ?? "input"}`;
}

function isHead<S>({ row: { head } }: Drive<S>, to: StepPlace | undefined): boolean {
  return head?.step === to?.step && head?.branch === to?.branch;
}

function* convergence<S>(drive: Drive<S>, entry: HistoryEntry<S>, asked: Asked<S>): Flow<string | undefined> {
  const { detector } = drive.definition;
  if (detector === undefined) return undefined;
  const { memory, reason } = yield* wait(detector.observe(drive.memory.detector, entry, asked));
  drive.memory.detector = memory;
  return reason;
}

/** Where errors are recorded a few in a row are borne; elsewhere the first one ends the run. */
function errorEnding<S>({ drive, place }: Frame<S>, error: unknown): Ending | undefined {
  const { recordsErrors, maxConsecutive } = drive.definition;
  if (!recordsErrors) return { status: "failed", reason: "error", error };
  if (drive.memory.errors <= maxConsecutive) return undefined;
  const message = `${drive.memory.errors} steps failed in a row, more than the ${maxConsecutive} that are borne`;
  const tooMany = new TooManyErrors(message, { runId: drive.row.id, step: place.step, cause: error });
  return { status: "failed", reason: "too_many_errors", error: tooMany };
}

function* stall<S>(drive: Drive<S>, entry: HistoryEntry<S>, asked: Asked<S>): Flow<Decision | undefined> {
  const strategy = drive.definition.stall;
  if (strategy === undefined) return undefined;
  const { memory, since } = yield* wait(strategy.observe(drive.memory.stall, entry, asked));
  drive.memory.stall = memory;
  if (since === undefined) return undefined;
  note(drive, "stalled", { since }, entry.step);
  const { best } = drive.history;
  const known = best?.score == null ? undefined : { step: best.step, score: best.score };
  const info = {
    since,
    history: drive.history,
    best: known && {
      ...known,
      get state() {
        return best!.state;
      },
    },
  };
  const answer: StallAnswer = strategy.then === undefined ? "stop" : yield* wait(strategy.then(info));
  if (answer === "stop") {
    const error = new StallError(drive.row.iterations + 1, known, { runId: drive.row.id, step: entry.step });
    return { text: "stalled", ending: { status: "stalled", reason: "stalled", error } };
  }
  yield* follow(drive, answer);
  return { text: "stalled" };
}

function* follow<S>(drive: Drive<S>, answer: Exclude<StallAnswer, "stop">): Flow<void> {
  if (answer === "continue") return;
  if ("switch" in answer) {
    drive.memory.variant = answer.switch;
    return;
  }
  const patched = mergePatch(JSON.parse(yield* headText(drive)), answer.patch);
  const text = canonicalJson(patched);
  // What does not fit the schema must not become the state of the next step.
  yield* wait(drive.definition.codec.decode(text));
  const { ref, blob } = drive.states.add(text);
  if (blob !== undefined) drive.pending.blobs.push(blob);
  drive.memory.headRef = ref;
  drive.memory.headAt = drive.row.nextStep;
}
