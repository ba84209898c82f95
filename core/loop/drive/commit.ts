/**
 * Writing what is pending: all of it or nothing, under the leases of the run and of those around it.
 *
 * @module
 */

import type { LoopBatch, LoopRow } from "../../ports/loop_store.ts";
import { LeaseLost, toLoopError } from "../base/errors.ts";
import { type Flow, isPromise, wait } from "../base/flow.ts";
import { activeMs, type Drive, nothingPending, tell } from "./drive.ts";

/**
 * Stores everything that is pending, then tells of it. `more`: members of the row that seldom change.
 *
 * @throws {LeaseLost} If another process has taken the run over; nothing was written.
 */
export function* commit<S>(drive: Drive<S>, more: Partial<LoopRow> = {}): Flow<void> {
  yield* chargeElsewhere(drive);
  const root = rootOf(drive);
  while (root.turn !== undefined) yield* wait(root.turn);
  if (drive.breakers.hasNew) yield* drive.breakers.restore(drive.store);
  Object.assign(drive.row, more);
  const batch = batchOf(drive, more);
  const untold = drive.untold.splice(0);
  drive.pending = nothingPending();
  try {
    const done = drive.store.commit(batch);
    if (isPromise(done)) yield* inTurn(root, done);
  } catch (error) {
    drive.written.clear();
    throw refused(drive, error);
  }
  for (const event of untold) tell(drive, event);
}

/**
 * What is held or spent below a run in another store is stored there first: two stores have no commit in common, and a crash
 * in between may count too much, never too little.
 */
function* chargeElsewhere<S>(drive: Drive<S>): Flow<void> {
  let outer = drive.around?.drive;
  while (outer !== undefined && outer.store === drive.store) outer = outer.around?.drive;
  if (outer === undefined) return;
  const { ledger, written } = outer;
  const isNews = Object.entries(ledger.totals()).some(([member, total]) => written.get(member) !== total);
  if (isNews) yield* commit(outer);
}

/** Whether the stores of the run and of those around it all answer at once. */
export function answersAtOnce<S>(drive: Drive<S>): boolean {
  return drive.store.isSync && (drive.around === undefined || answersAtOnce(drive.around.drive));
}

/** {@linkcode commit} at once. Only for stores that answer at once. */
export function commitNow<S>(drive: Drive<S>): void {
  if (!commit(drive).next().done) throw new Error("The store did not answer at once");
}

/** One commit at a time: totals are written whole, so that a later one must not be overtaken. */
function* inTurn(root: Drive<unknown>, done: Promise<void>): Flow<void> {
  const turn = done.then(() => undefined, () => undefined);
  root.turn = turn;
  try {
    yield* wait(done);
  } finally {
    if (root.turn === turn) root.turn = undefined;
  }
}

function batchOf<S>(drive: Drive<S>, more: Partial<LoopRow>): LoopBatch {
  drive.row.activeMs = activeMs(drive);
  drive.row.updatedAt = drive.host.clock.now();
  const around = [...outerOf(drive)];
  const own = { ...progressOf(drive), ...more };
  const outer = around.map((it) => ({ id: it.row.id, ...it.ledger.totals() }));
  const breakers = drive.breakers.changed();
  return {
    ...drive.pending,
    breakers,
    leases: [drive.lease, ...around.map(({ lease }) => lease)],
    runs: [own, ...outer],
  };
}

/** The runs around in the same store: what one spends, all of them have spent. */
function* outerOf<S>(drive: Drive<S>): Generator<Drive<unknown>> {
  for (let it = drive.around?.drive; it?.store === drive.store; it = it.around?.drive) yield it;
}

/** Members of the row that steps change; those that are as they were written last are left out. */
const PROGRESS = [
  "status",
  "reason",
  "head",
  "best",
  "nextStep",
  "steps",
  "iterations",
  "guarantee",
  "lastSeq",
  "updatedAt",
  "activeMs",
] as const;

function progressOf<S>({ row, ledger, memory, written }: Drive<S>): Partial<LoopRow> & { readonly id: string } {
  const now: Record<string, unknown> = { ...ledger.totals() };
  for (const member of PROGRESS) now[member] = row[member];
  now.memory = JSON.stringify(memory);
  const changes: Record<string, unknown> = { id: row.id };
  for (const [member, value] of Object.entries(now)) {
    if (written.get(member) === value && written.has(member)) continue;
    written.set(member, value);
    changes[member] = value;
  }
  return changes as Partial<LoopRow> & { readonly id: string };
}

function rootOf<S>(drive: Drive<S>): Drive<unknown> {
  let root = drive as unknown as Drive<unknown>;
  while (root.around !== undefined) root = root.around.drive;
  return root;
}

/** A lost lease stops the run: whoever took it goes on. */
function refused<S>(drive: Drive<S>, error: unknown): unknown {
  const known = toLoopError(error, { runId: drive.row.id });
  if (!(known instanceof LeaseLost)) return known;
  drive.stop.request(known);
  const event = { type: "lease.lost", at: drive.host.clock.now(), runId: drive.row.id } as const;
  tell(drive, event);
  return known;
}
