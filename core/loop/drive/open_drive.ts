/**
 * Taking a run into the hands of this process, and giving it back.
 *
 * @module
 */

import type { LoopLease, LoopOwner, LoopRow, LoopStore, PauseRow, StepRow } from "../../ports/loop_store.ts";
import { Ledger } from "../budget/ledger.ts";
import type { Definition } from "../definition/definition.ts";
import { graceOf } from "../definition/limits.ts";
import { Cancelled, Interrupted, LeaseLost } from "../base/errors.ts";
import { type Flow, runAsync, wait } from "../base/flow.ts";
import type { LoopHost } from "../../ports/loop_host.ts";
import type { LoopEvent, RunOptions } from "../types/mod.ts";
import { clockExhausted } from "./admission.ts";
import { type Around, clockedMs, type Drive, nothingPending } from "./drive.ts";
import type { KeptBreakers } from "./breakers.ts";
import { RunHistory } from "./history.ts";
import type { Memory } from "./memory.ts";
import { StateBook } from "./state_book.ts";
import { authorOf, migrated } from "./versions.ts";
import { Stop, type StopCause } from "./stop.ts";

/** How often a run looks whether it is called off; well under the second in which it has to stop. */
const lookMs = 500;

/** What a drive is made of. */
export interface DriveParts<S> {
  readonly definition: Definition<S>;
  readonly host: LoopHost;
  readonly store: LoopStore;
  readonly lease: LoopLease;
  readonly row: LoopRow;
  readonly memory: Memory;
  readonly breakers: KeptBreakers;
  readonly around: Around | undefined;
  readonly options: Pick<RunOptions, "on" | "signal">;
  readonly sink: ((event: LoopEvent) => void) | undefined;
  readonly states?: StateBook;
  /** The newest rows and the best one, of a run that has some. */
  readonly rows?: readonly StepRow[];
  readonly best?: StepRow;
  readonly questions?: readonly PauseRow[];
  readonly recovered?: Drive<S>["recovered"];
}

/** A run, ready to go on; what watches it has begun. */
export function openDrive<S>(parts: DriveParts<S>): Drive<S> {
  const { definition, host, store, lease, row, memory, around, options } = parts;
  const states = parts.states ?? new StateBook(store, host.tools);
  const drive: Drive<S> = {
    definition,
    host,
    store,
    lease,
    row: { ...row },
    ledger: new Ledger(row, row.limits, around && { ledger: around.drive.ledger, held: around.held }),
    memory,
    history: new RunHistory<S>(row.steps, {
      rows: () => store.steps(row.id),
      state: (ref, step) => stateNow(drive, states.textNow(ref), step),
    }),
    states,
    stop: new Stop(host.clock, graceOf(row.limits)),
    around,
    questions: new Map((parts.questions ?? []).map((it) => [it.key, it])),
    listeners: [definition.spec.on, options.on].filter((it) => it !== undefined),
    sink: parts.sink,
    since: { monotonicMs: host.clock.monotonicMs(), activeMs: row.activeMs },
    pending: nothingPending(),
    written: new Map(),
    breakers: parts.breakers,
    lookedAt: host.clock.monotonicMs(),
    carried: parts.recovered?.spentNano ?? 0,
    recovered: parts.recovered,
    ownFrom: parts.rows === undefined ? -1 : row.nextStep,
    newest: parts.rows?.at(-1),
    untold: [],
    turn: undefined,
  };
  drive.history.restore(parts.rows ?? [], parts.best);
  watch(drive, options.signal);
  return drive;
}

/** A state of the history. What this process has not written itself is checked, and may be of another version. */
function stateNow<S>({ definition, ownFrom, row, memory }: Drive<S>, text: string, step: number): S {
  const { codec } = definition;
  if (step >= ownFrom) return codec.copy(text) as S;
  return codec.decode(migrated(definition, authorOf({ row, written: memory.written }, step), text)) as S;
}

/** Who drives runs: this process. */
export function ownerOf<S>(definition: Definition<S>, host: LoopHost, run: string): LoopOwner {
  const holder = { ...host.self, run, since: host.clock.now() };
  return { holder, ttlMs: definition.leaseMs, isAlive: host.isAlive };
}

function watch<S>(drive: Drive<S>, signal: AbortSignal | undefined): void {
  const { stop, host, row, definition, around } = drive;
  const runId = row.id;
  if (signal !== undefined) stop.follow(signal, () => new Cancelled("The run was called off", { runId }));
  if (definition.isSync) return;
  if (around !== undefined) stop.follow(around.drive.stop.signal, () => causeFor(around.drive.stop.cause!, runId));
  else stop.whenOver(host.onInterrupt(() => stop.request(interrupted(runId))));
  const { wallClockMs } = row.limits;
  if (wallClockMs !== undefined) {
    stop.at(Math.max(0, wallClockMs - clockedMs(drive)), () => clockExhausted(drive, "own"));
  }
  keepAlive(drive).catch((error) => stop.request(new LeaseLost(String(error), { runId, cause: error })));
}

/** A run whose parent is called off is only interrupted: it goes on when the parent does. */
function causeFor(cause: StopCause, runId: string): StopCause {
  return cause instanceof Cancelled ? interrupted(runId) : cause;
}

function interrupted(runId: string): Interrupted {
  return new Interrupted(`Run ${runId} was interrupted`, { runId, hint: `go on with: loom resume ${runId}` });
}

/** Renews the lease and looks whether somebody has called the run off, until it is over. */
async function keepAlive<S>(drive: Drive<S>): Promise<void> {
  const { stop, host } = drive;
  for (;;) {
    const isOver = await host.clock.sleep(everyMs(drive), stop.closing).then(() => false, () => true);
    if (isOver) return;
    await runAsync(look(drive));
  }
}

/** {@linkcode look}, for loops in which nothing happens beside the step. */
export function* lookNowAndThen<S>(drive: Drive<S>): Flow<void> {
  const now = drive.host.clock.monotonicMs();
  if (now - drive.lookedAt < everyMs(drive)) return;
  drive.lookedAt = now;
  yield* look(drive);
}

function everyMs<S>({ definition }: Drive<S>): number {
  return Math.min(lookMs, definition.leaseMs / 3);
}

/** A lease that was lost, and a wish that the run be called off, stop it. */
export function* look<S>({ store, lease, definition, row, stop }: Drive<S>): Flow<void> {
  const isHeld = yield* wait(store.renew(lease, definition.leaseMs));
  if (!isHeld) stop.request(new LeaseLost(`Run ${row.id} was taken over by another process`, { runId: row.id }));
  const stored = yield* wait(store.getRun(row.id));
  if (stored?.cancelRequested) stop.request(new Cancelled(`Run ${row.id} was cancelled`, { runId: row.id }));
}

/** Ends what watches the run. */
export function closeDrive<S>({ stop }: Drive<S>): void {
  stop[Symbol.dispose]();
}
