/**
 * A run that this process holds, and everything that is about to be stored of it.
 *
 * @module
 */

import type {
  Guarantee,
  Limits,
  LoopAttempt,
  LoopBatch,
  LoopEventRow,
  LoopLease,
  LoopMemo,
  LoopRow,
  LoopStore,
  PauseRow,
  StepPlace,
  StepRow,
} from "../../ports/loop_store.ts";
import type { Held, Ledger } from "../budget/ledger.ts";
import type { Definition } from "../definition/definition.ts";
import type { LoopHost } from "../../ports/loop_host.ts";
import type { LoopEvent, LoopEvents, LoopEventType } from "../types/mod.ts";
import type { KeptBreakers } from "./breakers.ts";
import type { RunHistory } from "./history.ts";
import type { Memory } from "./memory.ts";
import type { StateBook } from "./state_book.ts";
import type { Stop } from "./stop.ts";

/** The step of a run around this one. */
export interface Around {
  readonly drive: Drive<unknown>;
  readonly place: StepPlace;
  readonly held: Held;
  /** Hears what the child has spent in all, and the question that it waits for. */
  noteChild(spentNano: number, paused: unknown): void;
}

/** What a step did before it was lost, paused or refused. */
export interface Recovered {
  /** Tries so far. */
  readonly attempts: number;
  readonly memos: readonly LoopMemo[];
  /** What they are known to have cost. */
  readonly spentNano: number;
}

/** What is written with the next commit. */
export interface Pending {
  attempts: LoopAttempt[];
  steps: StepRow[];
  memos: LoopMemo[];
  pauses: PauseRow[];
  events: LoopEventRow[];
  blobs: NonNullable<LoopBatch["blobs"]>[number][];
  pools: NonNullable<LoopBatch["pools"]>[number][];
}

/** A run in the hands of this process. */
export interface Drive<S> {
  readonly definition: Definition<S>;
  readonly host: LoopHost;
  readonly store: LoopStore;
  readonly lease: LoopLease;
  /** As it will be stored; members are replaced, the row is this process's own. */
  row: Writable<LoopRow>;
  readonly ledger: Ledger;
  readonly memory: Memory;
  readonly history: RunHistory<S>;
  readonly states: StateBook;
  readonly stop: Stop;
  readonly around: Around | undefined;
  /** Open and answered questions, by key. */
  readonly questions: Map<string, PauseRow>;
  readonly listeners: readonly Partial<LoopEvents>[];
  /** Hears every event, in order; for `stream`. */
  readonly sink: ((event: LoopEvent) => void) | undefined;
  /** Monotonic time at which this process took it, and the active time before. */
  readonly since: { readonly monotonicMs: number; readonly activeMs: number };
  pending: Pending;
  /** Members of the row as they were written last. */
  readonly written: Map<string, unknown>;
  readonly breakers: KeptBreakers;
  /** What earlier tries of the step in hand have cost, nano-USD. */
  carried: number;
  /** What is known of the next step from before a crash or a pause. */
  recovered: Recovered | undefined;
  /** Monotonic time at which a synchronous loop looked whether it has to stop. */
  lookedAt: number;
  /** Steps from this one on are recorded by this process; -1: the input, too. */
  readonly ownFrom: number;
  /** The step that was recorded last. */
  newest: StepRow | undefined;
  /** Told once they are stored. */
  untold: LoopEvent[];
  /** Another commit of the same store that must end first; stores that answer by promise take turns. */
  turn: Promise<void> | undefined;
}

/** Without `readonly`. */
export type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Nothing to write. */
export function nothingPending(): Pending {
  return { attempts: [], steps: [], memos: [], pauses: [], events: [], blobs: [], pools: [] };
}

/** Notes an event that is stored and told with the next commit. */
export function note<S>(
  drive: Drive<S>,
  type: LoopEventType,
  data: Readonly<Record<string, unknown>> = {},
  step?: number,
): void {
  const at = drive.host.clock.now();
  const seq = ++drive.row.lastSeq;
  const body = step === undefined ? data : { step, ...data };
  drive.pending.events.push({ run: drive.row.id, seq, type, data: JSON.stringify(body), at });
  if (drive.sink !== undefined || drive.listeners.length > 0) {
    drive.untold.push({ ...body, type, seq, at, runId: drive.row.id });
  }
}

/** Tells listeners. One that throws is reported, and stops nothing. */
export function tell<S>(drive: Drive<S>, event: LoopEvent): void {
  drive.sink?.(event);
  for (const listener of drive.listeners) {
    try {
      listener[event.type]?.(event);
    } catch (error) {
      drive.host.report(`A listener of ${event.type} failed: ${String(error)}`);
    }
  }
}

/** Whether an error is of this run, or of one around it: of a child it is a failure as any other. */
export function isOfChain<S>(drive: Drive<S>, { runId }: { readonly runId?: string }): boolean {
  let it: Drive<unknown> | undefined = drive as unknown as Drive<unknown>;
  while (it !== undefined && it.row.id !== runId) it = it.around?.drive;
  return it !== undefined;
}

/** The weaker of two. */
export function weaker(a: Guarantee, b: Guarantee): Guarantee {
  const order: readonly Guarantee[] = ["soft", "estimated", "hard"];
  return order[Math.min(order.indexOf(a), order.indexOf(b))];
}

/** Time in which a process held the run, milliseconds. */
export function activeMs<S>({ since, host }: Drive<S>): number {
  return since.activeMs + host.clock.monotonicMs() - since.monotonicMs;
}

/** What counts against the wall-clock limit. */
export function clockedMs<S>(drive: Drive<S>, limits: Limits = drive.row.limits): number {
  return limits.wallClockMode === "calendar" ? drive.host.clock.now() - drive.row.createdAt : activeMs(drive);
}
