/**
 * What is kept of runs: the stores of the pipelines that were opened.
 *
 * @module
 */

import { relativePath } from "../../../core/graph/mod.ts";
import type { LoopRow, LoopStore } from "../../../core/ports/loop_store.ts";
import type { RunRecord, Store } from "../../../core/ports/store.ts";
import type { Parts } from "../parts/parts.ts";
import { pipelineAt } from "../base/place.ts";
import { refusal } from "../base/refusal.ts";

/** A project's store, for reading. */
export interface Kept {
  readonly project: string;
  /** `undefined` where nothing was ever run. */
  readonly store?: Store;
  /** `undefined` where no loop was, or loops cannot be read. */
  readonly loops?: LoopStore;
}

/** A run of either kind. */
export type Found =
  | { readonly kind: "pipeline"; readonly run: RunRecord; readonly store: Store; readonly project: string }
  | { readonly kind: "loop"; readonly run: LoopRow; readonly loops: LoopStore; readonly project: string };

type Needed = Pick<Parts, "context" | "place" | "look">;

/** The project of a pipeline, or of what was opened. */
export function projectOf(path: string | undefined, { context, place }: Needed): string {
  const file = path === undefined ? place.file ?? place.root : pipelineAt(path, place, context);
  return context.stores.projectOf(file);
}

/** What a pipeline's records go by. */
export function scopeOf(path: string, parts: Needed): string {
  return relativePath(pipelineAt(path, parts.place, parts.context), projectOf(path, parts));
}

/** Gives what is kept to `work`, and closes it. `path` is a pipeline's, whose project is meant. */
export async function reading<T>(
  path: string | undefined,
  parts: Needed,
  work: (kept: Kept) => Promise<T> | T,
): Promise<T> {
  const project = projectOf(path, parts);
  const store = parts.context.stores.openReadOnly(project);
  const loops = store === undefined ? undefined : (await parts.look?.loops())?.openLoopsReadOnly(databaseOf(project));
  try {
    return await work({ project, store, loops });
  } finally {
    store?.close();
    await loops?.close();
  }
}

function databaseOf(project: string): string {
  return `${project}/.loom/loom.db`;
}

const ID = /^[0-9A-Za-z_.-]{1,64}$/;

/**
 * {@linkcode reading} of one run.
 *
 * @throws {LoomError} Status 404 if there is none of this id.
 */
export async function readingRun<T>(
  id: string,
  { path, parts }: { readonly path?: string; readonly parts: Needed },
  work: (found: Found) => Promise<T> | T,
): Promise<T> {
  return await reading(path, parts, async ({ project, store, loops }) => {
    const run = ID.test(id) ? store?.journal.getRun(id) : undefined;
    if (run?.kind === "pipeline") return await work({ kind: "pipeline", run, store: store!, project });
    const loop = ID.test(id) ? await loops?.getRun(id) : undefined;
    if (loop !== undefined) return await work({ kind: "loop", run: loop, loops: loops!, project });
    throw refusal(404, "run-not-found", `There is no run ${id}`, "it may have been removed from the history");
  });
}

/** {@linkcode readingRun} for what only runs of pipelines have. */
export async function readingPipelineRun<T>(
  id: string,
  options: { readonly path?: string; readonly parts: Needed },
  work: (found: Extract<Found, { kind: "pipeline" }>) => Promise<T> | T,
): Promise<T> {
  return await readingRun(id, options, (found) => {
    if (found.kind === "pipeline") return work(found);
    throw refusal(400, "not-a-pipeline", `Run ${id} is one of the loop ${found.run.name}, not of a pipeline`);
  });
}
