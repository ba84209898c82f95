/**
 * Admission and intent: what is stored before a step runs.
 *
 * @module
 */

import type { LoopMemo } from "../../ports/loop_store.ts";
import { type Flow, wait } from "../base/flow.ts";
import { hold, refusal, type Reserve, reserveFor } from "../drive/admission.ts";
import { commit } from "../drive/commit.ts";
import { type Drive, note, weaker } from "../drive/drive.ts";
import { lookNowAndThen } from "../drive/open_drive.ts";
import { holding, isPoolExhausted, type Pooled, pooledFor, poolExhausted, poolRefusal } from "../drive/pool.ts";
import { Frame } from "../step/frame.ts";
import { memoKey } from "../step/once.ts";
import { type Ending, endingOf, outOfBudget } from "./ending.ts";

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
  const reserve = yield* reserveOf(drive, text);
  if ("status" in reserve) return reserve;
  const refused = refusal(drive, reserve, isFirst);
  if (refused !== undefined) return outOfBudget(refused);
  const pooled = pooledFor(drive, reserve.amount.nano);
  const tooMuch = yield* poolRefusal(drive, pooled);
  if (tooMuch !== undefined) return outOfBudget(tooMuch);
  const frame = new Frame(drive, { place, attempt, memos, reserve, held: hold(drive, reserve) });
  if (drive.ledger.isLimited) drive.row.guarantee = weaker(drive.row.guarantee, reserve.mode);
  const taken = yield* intend(drive, frame, pooled);
  if (taken !== undefined) return taken;
  // The lease may have been lost, or the run called off, while the intent was stored.
  if (drive.stop.cause === undefined) return frame;
  frame.held.release();
  frame.settlePool();
  drive.pending.attempts.push(frame.row("abandoned"));
  return endingOf(drive.stop.cause);
}

/** What is to be held; an estimate that fails ends the run. */
function* reserveOf<S>(drive: Drive<S>, text: string): Flow<Reserve | Ending> {
  const { estimate, codec } = drive.definition;
  const state = estimate && (yield* wait(codec.copy(text)));
  try {
    return reserveFor(drive, () => state as S);
  } catch (error) {
    return { status: "failed", reason: "error", error };
  }
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
