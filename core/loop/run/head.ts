/**
 * The step whose state the next one gets.
 *
 * @module
 */

import type { StepPlace, StepRow } from "../../ports/loop_store.ts";
import { LoopError } from "../base/errors.ts";
import { type Flow, wait } from "../base/flow.ts";
import type { Drive } from "../drive/drive.ts";
import { authorOf, renewed } from "../drive/versions.ts";

/** Makes a step the head; without one, the input. */
export function setHead<S>(drive: Drive<S>, place: StepPlace | undefined): void {
  drive.row.head = place === undefined ? undefined : { step: place.step, branch: place.branch };
  drive.memory.headRef = undefined;
}

/** The state that the next step gets, as text: as this loop writes it, whoever has written it. */
export function* headText<S>(drive: Drive<S>): Flow<string> {
  const text = yield* drive.states.text(yield* headRef(drive));
  const { definition, row, memory: { written }, ownFrom } = drive;
  const step = headStep(drive);
  return (step ?? -1) >= ownFrom ? text : yield* renewed(definition, authorOf({ row, written }, step), text);
}

/** The step that gave the head's state; absent: it is the input. */
export function headStep<S>({ row, memory }: Pick<Drive<S>, "row" | "memory">): number | undefined {
  return memory.headRef === undefined ? row.head?.step : memory.headAt;
}

/** The blob of that state. */
export function* headRef<S>(drive: Drive<S>): Flow<string> {
  const { head, inputRef, id } = drive.row;
  if (drive.memory.headRef !== undefined) return drive.memory.headRef;
  if (head === undefined) return inputRef;
  const row = yield* rowOf(drive, head);
  if (row?.stateRef !== undefined) return row.stateRef;
  throw new LoopError(`The state of step ${head.step} is gone`, { runId: id, step: head.step });
}

/** A recorded step; one that is not stored yet is found, too. */
export function* rowOf<S>(drive: Drive<S>, { step, branch }: StepPlace): Flow<StepRow | undefined> {
  const isIt = (row: StepRow) => row.step === step && row.branch === branch;
  const pending = drive.newest !== undefined && isIt(drive.newest) ? drive.newest : drive.pending.steps.find(isIt);
  if (pending !== undefined) return pending;
  const rows = yield* wait(drive.store.steps(drive.row.id, { from: step, to: step }));
  return rows.find(isIt);
}

/** Where a step stands: of several candidates, the one that was gone on from. */
export function* placeOfStep<S>(drive: Drive<S>, step: number): Flow<StepPlace> {
  const pending = drive.pending.steps.filter((row) => row.step === step);
  const rows = pending.length > 0 ? pending : yield* wait(drive.store.steps(drive.row.id, { from: step, to: step }));
  const row = rows.find(({ decision }) => decision !== "dropped") ?? rows[0];
  if (row?.stateRef !== undefined) return { step, branch: row.branch };
  const why = row === undefined ? "there is no such step" : "it has no state";
  throw new LoopError(`Cannot go back to step ${step}: ${why}`, { runId: drive.row.id, step });
}
