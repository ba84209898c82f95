/**
 * Going on with a run, whatever became of it.
 *
 * @module
 */

import type { Limits, LoopLease, LoopRow, PauseRow } from "../../ports/loop_store.ts";
import { addLimits, lowerOf, toLimits } from "../definition/limits.ts";
import { Faults } from "../base/faults.ts";
import { LoopConfigError, LoopError, RunBusy, RunNotFound, toLoopError } from "../base/errors.ts";
import { type Flow, wait } from "../base/flow.ts";
import type { Inside } from "../step/inside.ts";
import { waitsFor } from "../step/pause.ts";
import type { LoopResult, ResumeOptions } from "../types/mod.ts";
import { commit } from "../drive/commit.ts";
import { type Drive, note } from "../drive/drive.ts";
import { conduct } from "./finish.ts";
import { type Memory, storedMemory } from "../drive/memory.ts";
import { openDrive, ownerOf } from "../drive/open_drive.ts";
import { readState } from "./read_state.ts";
import { recover } from "./recover.ts";
import { resultOf } from "./result.ts";
import { checkSpec } from "./spec_change.ts";
import { aroundOf, type Engine } from "./engine.ts";
import { StateBook } from "../drive/state_book.ts";

/** How long to wait before asking again whether a run is free. */
const askAgainMs = 100;

/** Rows that are read at once, for the detectors of a resumed run. */
const rowsAtHand = 8;

type Options = ResumeOptions & { readonly inside?: Inside<unknown> };

/** Goes on with a stored run. */
export function* resumeRun<S>(engine: Engine<S>, id: string, options: Options): Flow<LoopResult<S>> {
  const { store } = engine;
  const known = yield* wait(store.getRun(id));
  if (known === undefined) throw new RunNotFound(`There is no run ${id} in ${store.place}`, { runId: id });
  if (known.parent !== undefined && options.inside === undefined) throw belongsElsewhere(known);
  const changed = checkSpec(engine, known, options);
  if (isOver(known) && !options.continue) return yield* storedResult(engine, known);
  const lease = yield* take(engine, id, options);
  try {
    return yield* goOn(engine, lease, { id, options, changed });
  } finally {
    yield* wait(store.release(lease));
  }
}

function* goOn<S>(
  engine: Engine<S>,
  lease: LoopLease,
  { id, options, changed }: { readonly id: string; readonly options: Options; readonly changed: readonly string[] },
): Flow<LoopResult<S>> {
  const { definition, host, store, sink, breakers } = engine;
  // Read again under the lease: until now another process may have driven it.
  const stored = (yield* wait(store.getRun(id)))!;
  if (isOver(stored) && !options.continue) return yield* storedResult(engine, stored);
  const row = yield* recover(engine, stored, lease);
  const questions = yield* wait(store.pauses(id));
  const waiting = openQuestion(row, questions, host.clock.now());
  if (waiting !== undefined) return yield* stillWaiting(engine, row, { waiting, inside: options.inside });
  const limits = limitsFor(row, definition.limits, options);
  const memory = reopened(storedMemory(row.memory, definition, changed), row, engine);
  yield* breakers.restore(store);
  const rows = yield* wait(store.steps(id, { last: rowsAtHand }));
  const { best } = row;
  const bestRows = best === undefined ? [] : yield* wait(store.steps(id, { from: best.step, to: best.step }));
  const drive = openDrive({
    definition,
    host,
    store,
    lease,
    row: { ...row, limits, status: "running", reason: "", cancelRequested: false },
    memory,
    breakers,
    around: options.inside && aroundOf(options.inside, row.spentNano),
    options,
    sink,
    rows,
    best: bestRows.find(({ branch }) => branch === best?.branch),
    questions,
    recovered: yield* recoveredStep(engine, row),
  });
  yield* reopen(drive, stored, options);
  return yield* conduct(drive);
}

/** Nothing has been answered. A step that called the run for another time has to wait with it. */
function* stillWaiting<S>(
  engine: Engine<S>,
  row: LoopRow,
  { waiting, inside }: { readonly waiting: PauseRow; readonly inside: Inside<unknown> | undefined },
): Flow<LoopResult<S>> {
  const request: unknown = JSON.parse(waiting.request);
  const paused = waitsFor({ run: row.id, key: waiting.key, request }, row.nextStep);
  if (inside !== undefined) aroundOf(inside, row.spentNano).noteChild(row.spentNano, paused);
  return { ...(yield* storedResult(engine, row, { key: waiting.key, request })), error: paused };
}

/** The run is open again: stored before anything else is. */
function* reopen<S>(drive: Drive<S>, before: LoopRow, { addBudget }: Options): Flow<void> {
  const answered = [...drive.questions.values()].filter(({ answer }) => answer !== undefined);
  for (const { key } of answered) if (before.status === "paused") note(drive, "answered", { key });
  note(drive, "resumed", { from: before.status, ...(addBudget !== undefined && { addBudget }) });
  const { specHash, specJson, spec: { version } } = drive.definition;
  const { limits } = drive.row;
  const ended = { error: undefined, errorStack: undefined, cancelRequested: false };
  const isImported = before.imported;
  yield* commit(drive, {
    limits,
    ...ended,
    specHash,
    specJson,
    ...(isImported ? {} : { version: version ?? before.version }),
  });
}

/** What the next step did before it was lost, paused or refused: it is the same step still. */
function* recoveredStep<S>({ store }: Engine<S>, { id, nextStep }: LoopRow): Flow<Drive<S>["recovered"]> {
  const attempts = yield* wait(store.attempts(id, { step: nextStep }));
  if (attempts.length === 0) return undefined;
  const memos = yield* wait(store.memos(id, nextStep));
  const spentNano = attempts.reduce((sum, { actualNano = 0 }) => sum + actualNano, 0);
  return { attempts: Math.max(...attempts.map(({ attempt }) => attempt)), memos, spentNano };
}

function isOver({ status }: LoopRow): boolean {
  return status === "completed" || status === "cancelled";
}

function openQuestion({ status }: LoopRow, questions: readonly PauseRow[], now: number): PauseRow | undefined {
  if (status !== "paused" || questions.length === 0) return undefined;
  const open = questions.filter(({ answer, deadline }) => answer === undefined && (deadline ?? Infinity) > now);
  // A child may be what waits: then nothing is open here, and going on finds it.
  return open.length === questions.length ? open[0] : undefined;
}

/** Strategies start anew where the run was opened again on purpose. */
function reopened<S>(memory: Memory, { status }: LoopRow, { definition }: Engine<S>): Memory {
  if (status === "completed" || status === "cancelled") memory.detector = definition.detector?.begin() ?? null;
  if (status === "failed") memory.errors = 0;
  return memory;
}

/** The stored limits stand; lower ones of the code take effect, higher ones have to be asked for. */
function limitsFor(row: LoopRow, code: Limits, { addBudget, budget }: Options): Limits {
  const faults = new Faults();
  const more = toLimits(addBudget, faults, "addBudget");
  faults.throwIfAny(`Run ${row.id} cannot be resumed`);
  const base = row.imported && Object.keys(row.limits).length === 0 ? code : lowerOf(row.limits, code);
  if (budget !== "fresh") return addLimits(base, more);
  const { iterations, activeMs: wallClockMs } = row;
  const used = { nano: row.spentNano + row.unknownNano, tokens: row.spentTokens + row.unknownTokens };
  return addLimits(addLimits(code, { ...used, iterations, wallClockMs }), more);
}

function* take<S>(
  { definition, host, store }: Engine<S>,
  id: string,
  { wait: waits, steal }: Options,
): Flow<LoopLease> {
  for (;;) {
    const owner = ownerOf(definition, host, id);
    let taken;
    try {
      taken = yield* wait(store.acquire(id, owner, { steal }));
    } catch (error) {
      throw toLoopError(error, { runId: id });
    }
    if ("fence" in taken) return taken;
    if (!waits) throw new RunBusy(id, taken);
    yield* wait(host.clock.sleep(askAgainMs));
  }
}

function belongsElsewhere({ id, parent }: LoopRow): LoopConfigError {
  return new LoopConfigError(`Run ${id} belongs to step ${parent!.step} of run ${parent!.run}`, {
    runId: id,
    hint: `resume run ${parent!.run}: it finds this one again`,
  });
}

/** The result of a run that is not driven. */
function* storedResult<S>(engine: Engine<S>, row: LoopRow, pending?: LoopResult<S>["pending"]): Flow<LoopResult<S>> {
  const { definition, store, host } = engine;
  const states = new StateBook(store, host.tools);
  const read = (text: string) => readState({ definition, row }, text);
  const error = row.error === undefined ? undefined : new LoopError(row.error, { runId: row.id });
  return yield* resultOf({
    definition,
    row,
    store,
    states,
    headRef: yield* storedHead(engine, row),
    error,
    pending,
    read,
  });
}

function* storedHead<S>({ store }: Engine<S>, { id, head, inputRef, memory }: LoopRow): Flow<string> {
  const { headRef } = memory === "" ? {} as Partial<Memory> : JSON.parse(memory) as Partial<Memory>;
  if (headRef !== undefined) return headRef;
  if (head === undefined) return inputRef;
  const rows = yield* wait(store.steps(id, { from: head.step, to: head.step }));
  return rows.find(({ branch }) => branch === head.branch)?.stateRef ?? inputRef;
}
