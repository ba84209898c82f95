/**
 * Forking a run without its loop: the new run is ready to be resumed, nothing is run.
 *
 * @module
 */

import type { LoopOwner, LoopRow, LoopStore, StateTools, StepRow } from "../../ports/loop_store.ts";
import { LoopConfigError, RunNotFound, toLoopError } from "../base/errors.ts";
import { type Flow, wait } from "../base/flow.ts";
import { blobOf, textOf } from "../state/blobs.ts";
import { canonicalJson } from "../state/canonical.ts";
import { mergePatch } from "../state/merge_patch.ts";

/** What the new run is like. */
export interface StoredFork {
  /** Id of the new run. */
  readonly id: string;
  /** The step to go on from. */
  readonly at: number;
  /** A merge patch (RFC 7396) of the stored state. What comes of it is checked when the run is resumed. */
  readonly patch?: unknown;
  readonly name?: string;
}

/** What making a run takes. */
export interface ForkMeans {
  readonly store: LoopStore;
  readonly tools: StateTools;
  readonly owner: LoopOwner;
  /** UTC milliseconds. */
  readonly now: number;
}

/**
 * Makes a run that goes on from a step of another one, with the limits of that one and nothing spent.
 *
 * @throws {LoopConfigError} If the step has no state to go on from.
 */
export function* forkStored(source: string, fork: StoredFork, { store, tools, owner, now }: ForkMeans): Flow<LoopRow> {
  const run = yield* wait(store.getRun(source));
  if (run === undefined) throw new RunNotFound(`There is no run ${source} in ${store.place}`, { runId: source });
  const rows = yield* wait(store.steps(source, { to: fork.at }));
  const stateRef = stateAt(rows, run, fork.at);
  const blob = fork.patch === undefined ? undefined : yield* patchedBlob({ stateRef, patch: fork.patch }, store, tools);
  const forked = forkedRow(run, { fork, now, inputRef: blob?.ref ?? stateRef, rows });
  const data = JSON.stringify({ name: forked.name, from: source, step: fork.at });
  const events = [{ run: fork.id, seq: 1, type: "forked", data, at: now }];
  try {
    const lease = yield* wait(store.createRun(forked, { events, blobs: blob === undefined ? [] : [blob] }, owner));
    yield* wait(store.release(lease));
  } catch (error) {
    throw toLoopError(error, { runId: fork.id });
  }
  return forked;
}

function stateAt(rows: readonly StepRow[], { id }: LoopRow, at: number): string {
  const there = rows.filter(({ step }) => step === at);
  const row = there.find(({ decision }) => decision !== "dropped") ?? there[0];
  if (row?.stateRef !== undefined) return row.stateRef;
  const why = row === undefined ? "has no such step" : row.status === "error" ? "failed there" : "has pruned its state";
  throw new LoopConfigError(`Run ${id} cannot be forked at step ${at}: it ${why}`, { runId: id, step: at });
}

function* patchedBlob(
  { stateRef, patch }: { readonly stateRef: string; readonly patch: unknown },
  store: LoopStore,
  tools: StateTools,
) {
  const text = yield* textOf(stateRef, (ref) => store.blob(ref), tools);
  return blobOf(canonicalJson(mergePatch(JSON.parse(text), patch), "patch"), tools).blob;
}

function forkedRow(
  source: LoopRow,
  { fork, now, inputRef, rows }: {
    readonly fork: StoredFork;
    readonly now: number;
    readonly inputRef: string;
    readonly rows: readonly StepRow[];
  },
): LoopRow {
  const { name, version, specHash, specJson, limits, pool, imported } = source;
  return {
    id: fork.id,
    name: fork.name ?? name,
    ...(version !== undefined && { version }),
    specHash,
    specJson,
    status: "interrupted",
    reason: "forked",
    inputRef,
    nextStep: fork.at + 1,
    steps: 0,
    iterations: 0,
    activeMs: 0,
    limits,
    guarantee: "hard",
    memory: "",
    forkedFrom: { run: source.id, step: fork.at },
    inheritedNano: rows.reduce((sum, row) => sum + row.costNano + row.childNano, source.inheritedNano),
    ...(pool !== undefined && { pool }),
    cancelRequested: false,
    lastSeq: 1,
    imported,
    createdAt: now,
    updatedAt: now,
    ...{ spentNano: 0, spentTokens: 0, reservedNano: 0, reservedTokens: 0, unknownNano: 0, unknownTokens: 0 },
  };
}
