/** What comes to a run from outside of its lease. */

import type { LoopStore } from "../../../core/ports/loop_store.ts";
import { alreadyAnswered, notPaused, runNotFound } from "./errors.ts";
import { ask, change, type Work } from "./work.ts";

/** Stores an answer; the first one wins. */
export function* answer(given: Parameters<LoopStore["answer"]>[0]): Work<void> {
  const { run, key, at } = given;
  const sql = "UPDATE loop_pauses SET answer = ?, answered_at = ? WHERE run = ? AND key = ? AND answer IS NULL";
  if ((yield* change(sql, [given.answer, at, run, key])) === 1) return;
  const [known] = yield* ask("SELECT 1 FROM loop_pauses WHERE run = ? AND key = ?", [run, key]);
  throw known === undefined ? notPaused(run, key) : alreadyAnswered(run, key);
}

/** Asks whoever drives the run to stop. */
export function* requestCancel(run: string, place: string): Work<void> {
  const changed = yield* change("UPDATE loops SET cancel_requested = 1 WHERE id = ?", [run]);
  if (changed === 0) throw runNotFound(run, place);
}
