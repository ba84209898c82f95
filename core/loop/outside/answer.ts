/**
 * Answering a question without the loop that asks it.
 *
 * @module
 */

import type { LoopStore, PauseRow } from "../../ports/loop_store.ts";
import { NotPaused } from "../base/errors.ts";
import { type Flow, wait } from "../base/flow.ts";
import { answerRun } from "../run/answer.ts";

/** An answer, and when it was given (UTC milliseconds). */
export interface GivenAnswer {
  readonly run: string;
  readonly key: string;
  readonly value: unknown;
  readonly now: number;
}

/**
 * Answers a question of a run, or of a run inside it; gives the id of the run that asked.
 *
 * @throws {NotPaused} If none of them asks for it; the hint says what they ask for.
 * @throws {LoopConfigError} If the answer does not fit what was asked for.
 */
export function* answerWithin(store: LoopStore, { run, key, value, now }: GivenAnswer): Flow<string> {
  const questions = yield* questionsWithin(store, run);
  const asked = questions.find((it) => it.key === key && it.answer === undefined) ??
    questions.find((it) => it.key === key);
  if (asked === undefined) throw notAsked(run, key, questions);
  yield* answerRun({ store, now }, { run: asked.run, key, value });
  return asked.run;
}

function* questionsWithin(store: LoopStore, run: string): Flow<readonly PauseRow[]> {
  const questions = [...yield* wait(store.pauses(run))];
  for (const child of yield* wait(store.listRuns({ parent: run }))) {
    questions.push(...yield* questionsWithin(store, child.id));
  }
  return questions;
}

function notAsked(run: string, key: string, questions: readonly PauseRow[]): NotPaused {
  const open = questions.filter(({ answer }) => answer === undefined).map((it) => it.key);
  const hint = open.length === 0 ? "it waits for no answer" : `it asks for ${open.join(", ")}`;
  return new NotPaused(`Run ${run} does not ask for '${key}'`, { runId: run, hint });
}
