/**
 * What a recorded run would have been with other detectors and strategies.
 *
 * @module
 */

import { z, type ZodType } from "zod";
import type { LoopStore, StateTools, StepRow } from "../../ports/loop_store.ts";
import { RunNotFound } from "../base/errors.ts";
import { Faults } from "../base/faults.ts";
import { type Flow, wait } from "../base/flow.ts";
import { toUsd } from "../base/money.ts";
import type { Amount } from "../budget/ledger.ts";
import { RunHistory } from "../drive/history.ts";
import { StateBook } from "../drive/state_book.ts";
import { stateCodec } from "../state/codec.ts";
import type { Cost } from "../types/mod.ts";
import { ReplayAsked } from "./replay_asked.ts";
import { type Course, goThrough, type Head, type ReplayStrategies } from "./replay_course.ts";

/** What is tried on a recorded run. */
export interface ReplayOptions<S> extends ReplayStrategies<S> {
  /** Reads the stored states. Without it they are given as they are stored, as JSON. */
  readonly state?: ZodType<S>;
  /** What detectors are handed as theirs. */
  readonly signal?: AbortSignal;
}

/** Steps, and what they have cost. */
export interface ReplaySum {
  /** Recorded steps, failed ones and candidates that were dropped too. */
  readonly steps: number;
  /** Their cost, that of child runs too; tokens without those of child runs. */
  readonly spent: Required<Cost>;
}

/** A step and its score. */
export interface ReplayBest {
  readonly step: number;
  readonly score: number;
}

/** How a recorded run would have gone. */
export interface Replayed {
  readonly runId: string;
  /** After which step it would have ended, and why. Absent: not before the end of what is recorded. */
  readonly end?: { readonly step: number; readonly reason: string };
  /** Up to that end. */
  readonly until: ReplaySum;
  readonly recorded: ReplaySum;
  /** The difference of both. */
  readonly saved: ReplaySum;
  /** The best step up to that end, the newest of equals. */
  readonly best?: ReplayBest;
  /** The best of all that is recorded: what the end may have missed. */
  readonly recordedBest?: ReplayBest;
  /** After which steps it would have gone back, and to which; `"input"`: to the run's input. */
  readonly backtracks: readonly { readonly step: number; readonly to: Head }[];
  /** Steps after which it would have stalled. */
  readonly stalls: readonly number[];
  /** The first step that was made from another state than it would have been: from there on it is a guess. */
  readonly divergedAt?: number;
  /** What detectors and strategies have spent in this replay. */
  readonly asked: Required<Cost>;
}

const KEYS = ["convergeOn", "backtrack", "onStall", "state", "signal"];

/**
 * Goes through a recorded run again; detectors and strategies are asked, the step is not.
 *
 * @throws {RunNotFound} If the store has no such run.
 * @throws {LoopConfigError} With everything that is wrong with the options.
 */
export function* replayRun<S>(
  { store, tools }: { readonly store: LoopStore; readonly tools: StateTools },
  runId: string,
  options: ReplayOptions<S> = {},
): Flow<Replayed> {
  checkOptions(options);
  const run = yield* wait(store.getRun(runId));
  if (run === undefined) throw new RunNotFound(`There is no run ${runId} in ${store.place}`, { runId });
  const rows = inOrder(yield* wait(store.steps(runId)));
  const states = new StateBook(store, tools);
  const codec = stateCodec(options.state ?? z.unknown() as ZodType<S>);
  const history = new RunHistory<S>(0, { rows: () => rows, state: (ref) => codec.decode(states.textNow(ref)) as S });
  const { signal = new AbortController().signal } = options;
  const asked = new ReplayAsked<S>({ runId, history, signal });
  const course = yield* goThrough({ rows, history, asked, options, before: atHand(store, states) });
  return { runId, ...summaryOf(rows, course), asked: costOf(asked.spent) };
}

function checkOptions(options: object): void {
  const faults = new Faults();
  faults.unknownKeys(options, KEYS, "");
  faults.throwIfAny("replay() cannot begin");
}

/** As they were recorded: of several candidates, the one that was gone on from comes last. */
function inOrder(rows: readonly StepRow[]): readonly StepRow[] {
  const rank = ({ decision }: StepRow) => decision === "dropped" ? 0 : 1;
  return rows.toSorted((a, b) => a.step - b.step || rank(a) - rank(b));
}

/** A store that answers by promise is asked for a state before anybody looks at it, for then nobody can wait. */
function atHand(store: LoopStore, states: StateBook): (row: StepRow) => Flow<void> {
  return function* ({ stateRef }) {
    if (!store.isSync && stateRef !== undefined) yield* states.text(stateRef);
  };
}

function summaryOf(rows: readonly StepRow[], { end, seen, backtracks, stalls, divergedAt }: Course) {
  const [until, recorded] = [sumOf(rows.slice(0, seen)), sumOf(rows)];
  const minus = (a: Amount, b: Amount) => ({ nano: a.nano - b.nano, tokens: a.tokens - b.tokens });
  const [best, recordedBest] = [bestOf(rows.slice(0, seen)), bestOf(rows)];
  return {
    ...(end !== undefined && { end }),
    until: { steps: seen, spent: costOf(until) },
    recorded: { steps: rows.length, spent: costOf(recorded) },
    saved: { steps: rows.length - seen, spent: costOf(minus(recorded, until)) },
    ...(best !== undefined && { best }),
    ...(recordedBest !== undefined && { recordedBest }),
    backtracks,
    stalls,
    ...(divergedAt !== undefined && { divergedAt }),
  };
}

function sumOf(rows: readonly StepRow[]): Amount {
  const sum = (of: (row: StepRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  return { nano: sum(({ costNano, childNano }) => costNano + childNano), tokens: sum(({ tokens }) => tokens) };
}

function costOf({ nano, tokens }: Amount): Required<Cost> {
  return { usd: toUsd(nano), tokens };
}

function bestOf(rows: readonly StepRow[]): ReplayBest | undefined {
  let best: ReplayBest | undefined;
  for (const { step, score } of rows) {
    if (score !== undefined && score >= (best?.score ?? -Infinity)) best = { step, score };
  }
  return best;
}
