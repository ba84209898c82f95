import type { LoopRow } from "../../ports/loop_store.ts";
import { LoopError } from "../base/errors.ts";
import { type Flow, wait } from "../base/flow.ts";
import { storedMemory } from "../drive/memory.ts";
import { StateBook } from "../drive/state_book.ts";
import type { LoopResult } from "../types/mod.ts";
import type { Engine } from "./engine.ts";
import { headStep } from "./head.ts";
import { resultOf } from "./result.ts";

/** The result of a run that is not driven. */
export function* storedResult<S>(
  { definition, store, host }: Engine<S>,
  row: LoopRow,
  pending?: LoopResult<S>["pending"],
): Flow<LoopResult<S>> {
  const memory = storedMemory(row.memory, definition, []);
  const states = new StateBook(store, host.tools);
  const headRef = memory.headRef ?? (yield* storedHead(store, row));
  const head = { headRef, headStep: headStep({ row, memory }) };
  const error = row.error === undefined ? undefined : new LoopError(row.error, { runId: row.id });
  const { written } = memory;
  return yield* resultOf({ definition, row, store, states, ...head, written, now: host.clock.now(), error, pending });
}

function* storedHead<S>(store: Engine<S>["store"], { id, head, inputRef }: LoopRow): Flow<string> {
  if (head === undefined) return inputRef;
  const rows = yield* wait(store.steps(id, { from: head.step, to: head.step }));
  return rows.find(({ branch }) => branch === head.branch)?.stateRef ?? inputRef;
}
