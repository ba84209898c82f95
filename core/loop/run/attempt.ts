/**
 * One attempt of a step: the call itself, and what its end means.
 *
 * @module
 */

import { BudgetExhausted, Interrupted, LeaseLost, StateInvalid } from "../base/errors.ts";
import { type Flow, isPromise, wait } from "../base/flow.ts";
import { contextOf } from "../step/context.ts";
import type { Inside } from "../step/inside.ts";
import type { Frame } from "../step/frame.ts";
import type { StepContext } from "../types/mod.ts";
import { isOfChain } from "../drive/drive.ts";
import { ABANDONED, type StopCause } from "../drive/stop.ts";

/** What became of an attempt. */
export type Tried<S> =
  | { readonly kind: "ok"; readonly text: string; readonly context: StepContext<S> }
  | { readonly kind: "failed"; readonly error: unknown; readonly context: StepContext<S> }
  | { readonly kind: "paused"; readonly paused: unknown }
  | { readonly kind: "refused"; readonly error: BudgetExhausted }
  | { readonly kind: "stopped"; readonly cause: StopCause; readonly isAbandoned: boolean };

/** Calls the step with its own copy of the state, and checks what it gives. */
export function* tryStep<S>(frame: Frame<S>, text: string): Flow<Tried<S>> {
  const { drive } = frame;
  const inside: Inside<S> = { frame, branch: "", signal: drive.stop.signal };
  const context = contextOf(inside);
  let given: S | undefined;
  try {
    const state = yield* wait(drive.definition.codec.copy(text));
    const result = drive.host.scope.run(inside, () => drive.definition.spec.step(state, context));
    const outlasted = isPromise(result) ? yield* wait(drive.stop.outlast(result)) : result;
    if (outlasted === ABANDONED) return { kind: "stopped", cause: drive.stop.cause!, isAbandoned: true };
    given = outlasted as S;
    if (frame.paused !== undefined) return { kind: "paused", paused: frame.paused };
    if (drive.stop.cause instanceof LeaseLost) return { kind: "stopped", cause: drive.stop.cause, isAbandoned: true };
    const encoded = yield* wait(drive.definition.codec.encode(given));
    return { kind: "ok", text: encoded.text, context };
  } catch (error) {
    return meaningOf(frame, error, context);
  }
}

function meaningOf<S>(frame: Frame<S>, error: unknown, context: StepContext<S>): Tried<S> {
  const { paused, drive } = frame;
  if (paused !== undefined) return { kind: "paused", paused };
  const { cause } = drive.stop;
  // A step that was aborted may throw whatever it likes; that is no failure of its own.
  if (cause !== undefined && !(error instanceof StateInvalid)) return { kind: "stopped", cause, isAbandoned: false };
  if (error instanceof LeaseLost && error.runId === drive.row.id) {
    return { kind: "stopped", cause: error, isAbandoned: true };
  }
  if (error instanceof BudgetExhausted && isOfChain(drive, error)) return { kind: "refused", error };
  if (error instanceof Interrupted && drive.around === undefined && isOfChain(drive, error)) {
    return { kind: "stopped", cause: error, isAbandoned: false };
  }
  return { kind: "failed", error, context };
}
