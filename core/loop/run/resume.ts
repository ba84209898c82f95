/**
 * Going on with a run, whatever became of it.
 *
 * @module
 */

import type { LoopHost } from "../../ports/loop_host.ts";
import type { LoopHolder, LoopLease, LoopRow, LoopStore, PauseRow, StepRow } from "../../ports/loop_store.ts";
import { Cancelled, LeaseLost, LoopConfigError, RunBusy, RunNotFound, toLoopError } from "../base/errors.ts";
import { type Flow, wait } from "../base/flow.ts";
import type { Inside } from "../step/inside.ts";
import { waitsFor } from "../step/pause.ts";
import type { LoopEvent, LoopResult, ResumeOptions } from "../types/mod.ts";
import type { Drive } from "../drive/drive.ts";
import { openDrive, ownerOf } from "../drive/open_drive.ts";
import { aroundOf, type Engine, holding } from "./engine.ts";
import { conduct } from "./finish.ts";
import { headText } from "./head.ts";
import { recover } from "./recover.ts";
import { limitsFor, memoryFor, openQuestion, reopen } from "./reopen.ts";
import { checkSpec } from "./spec_change.ts";
import { storedResult } from "./stored_result.ts";

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
  return yield* holding(engine, lease, function* () {
    const result = yield* goOn(engine, lease, { id, options, changed });
    yield* wait(store.release(lease));
    return result;
  });
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
  const row = yield* recover(engine, stored, [lease, ...leasesAround(store, options.inside)]);
  const questions = yield* wait(store.pauses(id));
  const now = host.clock.now();
  const memory = memoryFor(definition, row, changed);
  const waiting = openQuestion(row, memory, { questions, now });
  if (waiting !== undefined) return yield* stillWaiting(engine, row, { waiting, inside: options.inside });
  const { limits, added } = limitsFor(row, { code: definition.limits, added: memory.added, now }, options);
  memory.added = added;
  // Shares of another budget are warned of anew.
  if (options.addBudget !== undefined || options.budget !== undefined) memory.warned = {};
  yield* breakers.restore(store);
  const rows = yield* wait(store.steps(id, { last: rowsAtHand }));
  const { best } = row;
  const bestRows = best === undefined ? [] : yield* wait(store.steps(id, { from: best.step, to: best.step }));
  const drive = openDrive({
    definition,
    host,
    store,
    lease,
    row: { ...row, version: definition.spec.version, limits, status: "running", reason: "", cancelRequested: false },
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
  for (const event of yield* lostOf(engine, stored, row)) drive.untold.push(event);
  if (!store.isSync) yield* fetchStates(drive, [...rows, ...bestRows]);
  return yield* conduct(drive, function* () {
    // A state that cannot be read any more is told before anything is written.
    yield* headText(drive);
    yield* reopen(drive, stored, options);
    // Nobody drove the run any more when it was called off.
    if (stored.cancelRequested && !options.continue) drive.stop.request(calledOff(id));
  });
}

/** Detectors look at states of the newest steps and of the best one, and cannot wait for them. */
function* fetchStates<S>({ states }: Drive<S>, rows: readonly StepRow[]): Flow<void> {
  for (const { stateRef } of rows) if (stateRef !== undefined) yield* states.text(stateRef);
}

/** What was found to be lost is told, too. */
function* lostOf<S>({ store }: Engine<S>, before: LoopRow, { id, lastSeq }: LoopRow): Flow<readonly LoopEvent[]> {
  if (lastSeq === before.lastSeq) return [];
  const rows = yield* wait(store.events(id, before.lastSeq));
  return rows.map(({ seq, type, data, at }) => ({
    ...JSON.parse(data) as object,
    type: type as LoopEvent["type"],
    seq,
    at,
    runId: id,
  }));
}

function calledOff(runId: string): Cancelled {
  return new Cancelled(`Run ${runId} was cancelled`, { runId, hint: "open it again with continue: true" });
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

function* take<S>(
  { definition, host, store }: Engine<S>,
  id: string,
  { wait: waits, steal, inside }: Options,
): Flow<LoopLease> {
  let isStolen = steal;
  for (;;) {
    const owner = ownerOf(definition, host, id);
    let taken;
    try {
      taken = yield* wait(store.acquire(id, owner, { steal: isStolen }));
    } catch (error) {
      throw toLoopError(error, { runId: id });
    }
    if ("fence" in taken) return taken;
    isStolen = inside !== undefined && (yield* isForsaken(inside, taken, host));
    if (isStolen) continue;
    if (!waits) throw new RunBusy(id, taken);
    yield* wait(host.clock.sleep(askAgainMs));
  }
}

/** Whether another process drives a child for a run that it has lost to this one. */
function* isForsaken({ frame }: Inside<unknown>, { holder }: LoopHolder, { self }: LoopHost): Flow<boolean> {
  const isOwn = holder.pid === self.pid && holder.host === self.host && holder.processStart === self.processStart;
  if (isOwn) return false;
  const { store, lease, definition, row } = frame.drive;
  // It may be this process that has lost it, and has not noticed yet.
  if (yield* wait(store.renew(lease, definition.leaseMs))) return true;
  throw new LeaseLost(`Run ${row.id} was taken over by another process`, { runId: row.id });
}

/** Leases of the runs around, as far as they are in the same store. */
function leasesAround(store: LoopStore, inside: Inside<unknown> | undefined): readonly LoopLease[] {
  const leases: LoopLease[] = [];
  for (let it = inside?.frame.drive; it?.store === store; it = it.around?.drive) leases.push(it.lease);
  return leases;
}

function belongsElsewhere({ id, parent }: LoopRow): LoopConfigError {
  return new LoopConfigError(`Run ${id} belongs to step ${parent!.step} of run ${parent!.run}`, {
    runId: id,
    hint: `resume run ${parent!.run}: it finds this one again`,
  });
}
