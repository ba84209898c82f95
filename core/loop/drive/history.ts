/**
 * The recorded steps of a run, of which the newest are at hand and older ones are read when they are asked for.
 *
 * @module
 */

import type { StepRow } from "../../ports/loop_store.ts";
import { isPromise } from "../base/flow.ts";
import { LoopError } from "../base/errors.ts";
import { toUsd } from "../base/money.ts";
import type { History, HistoryEntry } from "../types/mod.ts";

/** Entries that are kept at hand. */
const kept = 64;

/** Where rows and states come from. */
export interface HistorySource<S> {
  /** All rows, in order; a promise where the store cannot answer at once. */
  rows(): unknown;
  /** The state of a step, by its blob; its own copy for each call. */
  state(ref: string, step: number): S;
}

/** {@linkcode History} of one run. */
export class RunHistory<S> implements History<S> {
  readonly #source: HistorySource<S>;
  /** The newest, oldest first. */
  #recent: HistoryEntry<S>[] = [];
  #best: HistoryEntry<S> | undefined;
  #all: readonly StepRow[] | undefined;
  #length: number;

  constructor(length: number, source: HistorySource<S>) {
    [this.#length, this.#source] = [length, source];
  }

  get length(): number {
    return this.#length;
  }

  get last(): HistoryEntry<S> | undefined {
    return this.at(-1);
  }

  get best(): HistoryEntry<S> | undefined {
    return this.#best;
  }

  at(index: number): HistoryEntry<S> | undefined {
    const at = index < 0 ? this.#length + index : index;
    if (at < 0 || at >= this.#length) return undefined;
    const recent = at - (this.#length - this.#recent.length);
    return recent >= 0 ? this.#recent[recent] : this.#older(at);
  }

  window(count: number): readonly HistoryEntry<S>[] {
    const from = Math.max(0, this.#length - count);
    return Array.from({ length: this.#length - from }, (_, index) => this.at(from + index)!);
  }

  /** Takes in a row that was read: the newest ones at the start of a run, and its best. */
  restore(rows: readonly StepRow[], best: StepRow | undefined): void {
    this.#recent = rows.map((row) => this.entry(row));
    this.#best = best === undefined ? undefined : this.entry(best);
  }

  /** Adds the newest step. */
  add(row: StepRow): HistoryEntry<S> {
    const entry = this.entry(row);
    this.#recent.push(entry);
    if (this.#recent.length > kept) this.#recent.shift();
    this.#length++;
    this.#all = undefined;
    if (entry.score !== null && entry.score >= (this.#best?.score ?? -Infinity)) this.#best = entry;
    return entry;
  }

  /** Gives the newest step the decision that came after it. */
  settle(row: StepRow): void {
    const entry = this.entry(row);
    this.#recent[this.#recent.length - 1] = entry;
    if (this.#best?.step === row.step && this.#best.branch === row.branch) this.#best = entry;
  }

  /** A row as people's functions see it. */
  entry(row: StepRow): HistoryEntry<S> {
    const source = this.#source;
    const { step, branch, attempt, status, score, tokens, error, durationMs, decision, input, stateRef } = row;
    return {
      step,
      branch,
      attempt,
      status,
      score: score ?? null,
      cost: { usd: toUsd(row.costNano), tokens },
      tokens,
      ...(error !== undefined && { error }),
      durationMs,
      decision,
      inputStep: input?.step ?? null,
      get state() {
        if (stateRef === undefined) throw stateless(row);
        return source.state(stateRef, step);
      },
    };
  }

  #older(index: number): HistoryEntry<S> {
    if (this.#all === undefined) {
      const rows = this.#source.rows();
      if (isPromise(rows)) throw notAtHand(index);
      this.#all = rows as readonly StepRow[];
    }
    return this.entry(this.#all[index]);
  }
}

function stateless({ run, step, status }: StepRow): LoopError {
  const why = status === "error" ? "it failed" : "it was pruned";
  return new LoopError(`Step ${step} has no state: ${why}`, { runId: run, step });
}

function notAtHand(index: number): LoopError {
  return new LoopError(`Step ${index} of the history is not at hand: its store answers by promise`, {
    hint: `the newest ${kept} are; keep what you need of older ones in the state`,
  });
}
