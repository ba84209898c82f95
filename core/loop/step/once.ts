import type { Later, LoopMemo } from "../../ports/loop_store.ts";
import { type Flow, wait } from "../base/flow.ts";
import { answersAtOnce, commit } from "../drive/commit.ts";
import { canonicalJson } from "../state/canonical.ts";
import type { OnceOptions } from "../types/mod.ts";
import type { Inside } from "./inside.ts";

/** Where a memo is kept among those of its step; `branch` as it is stored. */
export function memoKey(branch: string, key: string): string {
  return `${branch}\n${key}`;
}

/** What a call gave before, in this attempt or an earlier one. */
export function knownMemo<S>(
  { frame, branch }: Pick<Inside<S>, "frame" | "branch">,
  key: string,
): LoopMemo | undefined {
  return frame.memos.get(memoKey(placeOf(frame.place.branch, branch), key));
}

/**
 * Makes a call, or gives what it gave before: its result is stored before anything else happens.
 *
 * @throws {BudgetExhausted} If `max` cannot be afforded.
 */
export function* once<S, T>(
  inside: Inside<S>,
  call: { readonly key: string; readonly fn: () => Later<T> },
  { cost, max }: OnceOptions<T>,
): Flow<T> {
  const { frame } = inside;
  const known = knownMemo(inside, call.key);
  if (known !== undefined) return valueOf<T>(known.value);
  frame.refuseIfOver();
  const reservation = max === undefined ? undefined : frame.hold(max);
  if (reservation !== undefined && !answersAtOnce(frame.drive)) yield* wait(reservation.stored);
  const before = frame.spent.nano;
  let value: T;
  try {
    value = yield* wait(call.fn());
  } catch (error) {
    // The call may have been paid for: what was held for it is charged.
    if (max !== undefined) reservation?.settle(max);
    throw error;
  }
  const actual = cost?.(value) ?? max;
  if (reservation !== undefined) reservation.settle(actual ?? {});
  else if (actual !== undefined) frame.spend(actual);
  return yield* remember(inside, { key: call.key, value, costNano: frame.spent.nano - before });
}

/** Stores a result, with what it has cost, and gives it as it will be read again. */
export function* remember<S, T>(
  { frame, branch }: Pick<Inside<S>, "frame" | "branch">,
  { key, value, costNano }: { readonly key: string; readonly value: T; readonly costNano: number },
): Flow<T> {
  const { drive, place } = frame;
  const text = value === undefined ? "" : canonicalJson(value, `once(${JSON.stringify(key)})`);
  const memo: LoopMemo = {
    run: drive.row.id,
    step: place.step,
    branch: placeOf(place.branch, branch),
    key,
    value: text,
    costNano,
  };
  frame.memos.set(memoKey(memo.branch, key), memo);
  drive.pending.memos.push(memo);
  drive.pending.attempts.push(frame.row("in_flight"));
  yield* commit(drive);
  return valueOf<T>(text);
}

/** The branch of the run's own candidates and that of `ctx.parallel` in one label. */
function placeOf(candidate: string, branch: string): string {
  return candidate === "" ? branch : `${candidate}|${branch}`;
}

function valueOf<T>(text: string): T {
  return (text === "" ? undefined : JSON.parse(text)) as T;
}
