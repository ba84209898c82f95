/**
 * New runs, and children that are found again.
 *
 * @module
 */

import type { LoopRow } from "../../ports/loop_store.ts";
import { LoopConfigError, RunExists, RunInputMismatch, toLoopError } from "../base/errors.ts";
import { type Flow, wait } from "../base/flow.ts";
import type { LoopHost } from "../../ports/loop_host.ts";
import { type Inside, insideOf } from "../step/inside.ts";
import type { LoopResult, RunOptions } from "../types/mod.ts";
import { aroundOf, type Engine, holding } from "./engine.ts";
import { conduct } from "./finish.ts";
import { freshMemory } from "../drive/memory.ts";
import { openDrive, ownerOf } from "../drive/open_drive.ts";
import { resumeRun } from "./resume.ts";
import { StateBook } from "../drive/state_book.ts";

/** Runs a loop from its beginning; inside of a step, as a child of that step's run. */
export function* startRun<S>(engine: Engine<S>, input: S, options: RunOptions): Flow<LoopResult<S>> {
  const { definition, host, store } = engine;
  const { text } = yield* wait(definition.codec.encode(input));
  const inside = insideOf(host.scope.get());
  const id = inside === undefined ? ownId(host, options) : childId(host, inside, options);
  const isAsked = inside !== undefined || options.runId !== undefined;
  const known = isAsked ? yield* wait(store.getRun(id)) : undefined;
  if (known !== undefined) return yield* goOn(engine, known, { text, inside, options });
  const states = new StateBook(store, host.tools);
  const { ref, blob } = states.add(text);
  const row: LoopRow = { ...newRow(engine, id), inputRef: ref, parent: inside && parentOf(inside) };
  try {
    return yield* create(engine, row, { states, blobs: blob === undefined ? [] : [blob], inside, options });
  } catch (error) {
    // Another call with the same id was faster by a moment.
    const isOther = error instanceof RunExists && error.runId === id && options.idempotent;
    if (!isOther) throw error;
    return yield* goOn(engine, (yield* wait(store.getRun(id)))!, { text, inside, options });
  }
}

/** Stores a new run and drives it. */
export function* create<S>(
  engine: Engine<S>,
  row: LoopRow,
  { states, blobs, inside, options, event = "run.started", data = {} }: {
    readonly states: StateBook;
    readonly blobs: readonly NonNullable<ReturnType<StateBook["add"]>["blob"]>[];
    readonly inside: Inside<unknown> | undefined;
    readonly options: RunOptions;
    readonly event?: "run.started" | "forked";
    readonly data?: Readonly<Record<string, unknown>>;
  },
): Flow<LoopResult<S>> {
  const { definition, host, store, sink, breakers } = engine;
  const body = { name: row.name, ...(row.parent !== undefined && { parent: row.parent }), ...data };
  const first = { run: row.id, seq: 1, type: event, data: JSON.stringify(body), at: row.createdAt };
  let lease;
  try {
    lease = yield* wait(store.createRun(row, { blobs, events: [first] }, ownerOf(definition, host, row.id)));
  } catch (error) {
    throw toLoopError(error, { runId: row.id });
  }
  return yield* holding(engine, lease, function* () {
    yield* breakers.restore(store);
    const memory = freshMemory(definition);
    const around = inside && aroundOf(inside, 0);
    const drive = openDrive({ definition, host, store, lease, row, memory, breakers, around, options, sink, states });
    drive.untold.push({ ...body, type: event, seq: 1, at: row.createdAt, runId: row.id });
    return yield* conduct(drive);
  });
}

/** The run exists: a child goes on where it was, another one only if that is asked for and it is the same. */
function* goOn<S>(
  engine: Engine<S>,
  known: LoopRow,
  { text, inside, options }: {
    readonly text: string;
    readonly inside: Inside<unknown> | undefined;
    readonly options: RunOptions;
  },
): Flow<LoopResult<S>> {
  const { id } = known;
  if (inside === undefined) {
    if (!options.idempotent) {
      const hint = "resume it, choose another id, or say idempotent: true";
      throw new RunExists(`There is a run ${id} already`, { runId: id, hint });
    }
    if (engine.host.tools.sha256(text) !== known.inputRef) {
      throw new RunInputMismatch(`Run ${id} was begun with another input`, { runId: id });
    }
  }
  const { on, signal, idempotent } = options;
  // Where another process drives it already, its result is waited for.
  return yield* resumeRun(engine, id, { on, signal, inside, wait: idempotent });
}

/**
 * The id that was asked for, or a new one.
 *
 * @throws {LoopConfigError} If a run cannot have it.
 */
export function ownId(host: LoopHost, { runId }: Pick<RunOptions, "runId">): string {
  if (runId === undefined) return host.random.hex(12);
  if (/^[A-Za-z0-9._-]{1,64}$/.test(runId)) return runId;
  throw new LoopConfigError(`A run cannot have the id ${JSON.stringify(runId)}`, {
    hint: "1 to 64 letters, digits, dots, dashes and underscores",
  });
}

/** The same for the same call of the same step, so that a repeated step finds its children again. */
function childId(host: LoopHost, { frame, branch }: Inside<unknown>, { key, runId }: RunOptions): string {
  if (runId !== undefined) throw new LoopConfigError("A loop inside a step is named by key, not by runId");
  const calls = frame.childCalls.get(branch) ?? 0;
  if (key === undefined) frame.childCalls.set(branch, calls + 1);
  const call = key === undefined ? `#${calls}` : `=${key}`;
  const { place, drive } = frame;
  return host.tools.sha256(JSON.stringify([drive.row.id, place.step, place.branch, branch, call])).slice(0, 12);
}

function parentOf({ frame }: Inside<unknown>): LoopRow["parent"] {
  return { run: frame.drive.row.id, ...frame.place };
}

/** A run that has done nothing yet. */
export function newRow<S>({ definition, host }: Engine<S>, id: string): LoopRow {
  const { spec, specHash, specJson, limits } = definition;
  const now = host.clock.now();
  return {
    id,
    name: spec.name,
    ...(spec.version !== undefined && { version: spec.version }),
    specHash,
    specJson,
    status: "running",
    reason: "",
    inputRef: "",
    nextStep: 0,
    steps: 0,
    iterations: 0,
    activeMs: 0,
    limits,
    guarantee: "hard",
    memory: "",
    inheritedNano: 0,
    ...(spec.pool !== undefined && { pool: spec.pool.name }),
    cancelRequested: false,
    lastSeq: 1,
    imported: false,
    createdAt: now,
    updatedAt: now,
    spentNano: 0,
    spentTokens: 0,
    reservedNano: 0,
    reservedTokens: 0,
    unknownNano: 0,
    unknownTokens: 0,
  };
}
