/**
 * What a database says of a run and of everything below it, and what must be true of that after any number of crashes.
 *
 * @module
 */

import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import type {
  LoopAttempt,
  LoopEventRow,
  LoopMemo,
  LoopRow,
  LoopStore,
  PauseRow,
  StepRow,
} from "../../../core/ports/loop_store.ts";
import { extraPayments, payments, PRICE_NANO } from "./bank.ts";
import { type Place, storeAt } from "./place.ts";

/** One run as it is stored. */
export interface Stored {
  readonly row: LoopRow;
  readonly steps: readonly StepRow[];
  readonly attempts: readonly LoopAttempt[];
  readonly events: readonly LoopEventRow[];
  readonly memos: readonly LoopMemo[];
  readonly pauses: readonly PauseRow[];
}

/** A run, then everything below it. */
export type Family = readonly Stored[];

/** Reads a run of a place; nothing if it is not there. */
export async function read(place: Place, id: string): Promise<Family> {
  const store = storeAt(place);
  try {
    return await familyIn(store, id);
  } finally {
    await store.close();
  }
}

/** Reads a run and everything below it. */
export async function familyIn(store: LoopStore, id: string): Promise<Family> {
  const row = await store.getRun(id);
  if (row === undefined) return [];
  const [steps, attempts] = [await store.steps(id), await store.attempts(id)];
  const numbers = [...new Set(attempts.map(({ step }) => step))];
  const memos = (await Promise.all(numbers.map((step) => store.memos(id, step)))).flat();
  const own = { row, steps, attempts, memos, events: await store.events(id), pauses: await store.pauses(id) };
  const below = (await store.listRuns({ parent: id })).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return [own, ...(await Promise.all(below.map((child) => familyIn(store, child.id)))).flat()];
}

/** What was stored stays as it was stored: history only grows. */
export function onlyGrew(before: Family, after: Family): void {
  for (const old of before) {
    const { id } = old.row;
    const now = after.find(({ row }) => row.id === id);
    ok(now !== undefined, `run ${id} is gone`);
    contains(now.steps, old.steps, ({ step, branch }) => `step ${step} ${branch}`);
    contains(now.events, old.events, ({ seq }) => `event ${seq}`);
    contains(now.memos, old.memos, ({ step, branch, key }) => `memo ${step} ${branch} ${key}`);
    const isOver = ({ status }: LoopAttempt) => status !== "in_flight";
    contains(now.attempts, old.attempts.filter(isOver), placeOf);
    for (const lost of old.attempts.filter((it) => !isOver(it))) {
      equal(now.attempts.find((it) => placeOf(it) === placeOf(lost))?.status, "lost", `${id} ${placeOf(lost)}`);
    }
    for (const { key, answer } of old.pauses.filter((it) => it.answer !== undefined)) {
      equal(now.pauses.find((it) => it.key === key)?.answer, answer, `answer to ${key}`);
    }
    ok(now.row.nextStep >= old.row.nextStep && now.row.spentNano >= old.row.spentNano, `run ${id} went back`);
    ok(charged(now.row) >= charged(old.row), `money of run ${id} came back`);
  }
}

function placeOf({ step, branch, attempt }: LoopAttempt): string {
  return `attempt ${step} ${branch} ${attempt}`;
}

function contains<T>(now: readonly T[], old: readonly T[], nameOf: (row: T) => string): void {
  const known = new Map(now.map((row) => [nameOf(row), row]));
  for (const row of old) deepEqual(known.get(nameOf(row)), row, nameOf(row));
}

function charged({ spentNano, unknownNano }: LoopRow): number {
  return spentNano + unknownNano;
}

/** Whatever moment it is: rows fit each other, numbers have no gaps and never come twice. */
export function isConsistent(family: Family): void {
  for (const { row, steps, events, attempts } of family) {
    const about = `run ${row.id} (${row.name})`;
    const numbers = [...new Set(steps.map(({ step }) => step))];
    deepEqual(numbers, numbers.map((_, index) => index), `${about}: steps`);
    deepEqual([row.nextStep, row.steps], [numbers.length, steps.length], `${about}: count of steps`);
    deepEqual(events.map(({ seq }) => seq), events.map((_, index) => index + 1), `${about}: events`);
    equal(row.lastSeq, events.length, `${about}: last event`);
    for (const step of steps) {
      const own = attempts.filter((it) => it.step === step.step && it.branch === step.branch);
      equal(own.at(-1)?.attempt, step.attempt, `${about}: newest attempt of step ${step.step}`);
      equal(own.at(-1)?.status, step.status, `${about}: status of step ${step.step}`);
    }
  }
}

/** What has to be true of a run that has come to its end. */
export interface Expected {
  /** The same run, never killed. */
  readonly calm: Family;
  readonly kills: number;
  /** Payments that can be under way at one time. */
  readonly width: number;
}

/** The run is over, nothing is held, the ledger is above the truth, and little was paid twice. */
export function isSettled(family: Family, bank: string, { calm, kills, width }: Expected): void {
  isConsistent(family);
  for (const { row, attempts } of family) {
    deepEqual([row.status, row.reservedNano, row.reservedTokens], ["completed", 0, 0], `run ${row.id}`);
    deepEqual(attempts.filter(({ status }) => status === "in_flight"), [], `run ${row.id}`);
  }
  const [{ row, attempts, events }] = family;
  const truth = payments(bank).length * PRICE_NANO;
  ok(row.spentNano <= truth, `${row.spentNano} nano-USD are spent, ${truth} were paid`);
  ok(charged(row) >= truth, `${row.spentNano} + ${row.unknownNano} nano-USD are counted, ${truth} were paid`);
  const extra = extraPayments(bank);
  ok(extra <= kills * width, `${extra} payments more than needed after ${kills} kills`);
  const lost = attempts.filter(({ status }) => status === "lost").length;
  equal(events.filter(({ type }) => type === "step.lost").length, lost, "lost attempts are told of");
  deepEqual(meaning(family), meaning(calm));
}

/** What a run means, whatever happened on the way: its steps without times, tries and what they cost. */
function meaning(family: Family): unknown {
  const all = family.map(({ row, steps }) => ({
    name: row.name,
    reason: row.reason,
    head: row.head,
    best: row.best,
    iterations: row.iterations,
    steps: steps.map(({ step, branch, status, stateRef, score, error, decision, input }) => {
      return { step, branch, status, stateRef, score, error, decision, input };
    }),
  }));
  // Ids of children come from that of the run around them.
  return all.map((it) => JSON.stringify(it)).toSorted();
}
