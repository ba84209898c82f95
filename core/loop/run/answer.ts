import type { LoopStore, PauseRow } from "../../ports/loop_store.ts";
import { LoopConfigError, NotPaused, RunNotFound, toLoopError } from "../base/errors.ts";
import { type Flow, wait } from "../base/flow.ts";
import { canonicalJson } from "../state/canonical.ts";
import { checkAgainst } from "../state/json_schema.ts";

/** Answers a question of a run; the first answer counts. */
export function* answerRun(
  { store, now }: { readonly store: LoopStore; readonly now: number },
  { run, key, value }: { readonly run: string; readonly key: string; readonly value: unknown },
): Flow<void> {
  if ((yield* wait(store.getRun(run))) === undefined) {
    throw new RunNotFound(`There is no run ${run} in ${store.place}`, { runId: run });
  }
  const question = (yield* wait(store.pauses(run))).find((it) => it.key === key);
  if (question === undefined) throw new NotPaused(`Run ${run} does not ask for '${key}'`, { runId: run });
  checkAnswer(question, value);
  try {
    yield* wait(store.answer({ run, key, answer: canonicalJson(value ?? null, "answer"), at: now }));
  } catch (error) {
    throw toLoopError(error, { runId: run });
  }
}

function checkAnswer({ schema, run, key }: PauseRow, value: unknown): void {
  const faults = schema === undefined ? [] : checkAgainst(schema, value);
  if (faults.length === 0) return;
  throw new LoopConfigError(`The answer to '${key}' does not fit: ${faults.join("; ")}`, { runId: run });
}
