/**
 * Which database the verbs about runs look into.
 *
 * @module
 */

import type { Context } from "../../../core/context.ts";
import { LoomError } from "../../../core/errors.ts";
import { joinPath } from "../../../core/graph/mod.ts";
import type { LoopStore } from "../../../core/ports/loop_store.ts";
import type { Store } from "../../../core/ports/store.ts";
import type { Host } from "./host.ts";

/** A database that may not be there yet. */
export interface Place {
  readonly path: string;
  /** The project whose database it is; absent for a file of its own. */
  readonly project?: string;
  /** Whether it was named on the command line. */
  readonly isGiven: boolean;
  readonly context: Context;
}

/** Stands for the id of the newest run of a pipeline. */
export const LAST = "last";

const STATE_FILE = "/.loom/loom.db";

/** The database that `--db` names, else the project's. */
export async function placeOf({ db }: { readonly db?: string }, host: Host): Promise<Place> {
  const context = await host.context();
  if (db === undefined) {
    const project = context.stores.projectOf(context.cwd);
    return { path: `${project}${STATE_FILE}`, project, isGiven: false, context };
  }
  const path = joinPath(context.cwd, db);
  const project = path.endsWith(STATE_FILE) ? path.slice(0, -STATE_FILE.length) : undefined;
  return { path, project, isGiven: true, context };
}

/** What is kept there: loops, and the pipelines of a project. */
export interface Kept {
  readonly place: Place;
  readonly loops: LoopStore;
  readonly pipelines?: Store;
}

/**
 * Gives what is kept there to `work`, for reading.
 *
 * @throws {LoomError} `not-found` if `--db` names no file.
 * @returns `undefined` if nothing is kept there yet.
 */
export async function reading<T>(place: Place, host: Host, work: (kept: Kept) => Promise<T>): Promise<T | undefined> {
  const { path, project, context } = place;
  const loops = (await host.loopDoor()).openLoopsReadOnly(path);
  if (loops === undefined) {
    if (place.isGiven) throw noDatabase(place);
    return undefined;
  }
  const pipelines = project === undefined ? undefined : context.stores.openReadOnly(project);
  try {
    return await work({ place, loops, pipelines });
  } finally {
    await loops.close();
    pipelines?.close();
  }
}

/** Gives the loops that are kept there to `work`, for writing. */
export async function writing<T>(place: Place, host: Host, work: (store: LoopStore) => Promise<T>): Promise<T> {
  const door = await host.loopDoor();
  const store = place.project === undefined ? door.sqliteStore(place.path) : door.projectLoops(place.project);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

function noDatabase({ path, context }: Place): LoomError {
  const isThere = context.files.stat(path) !== undefined;
  return new LoomError("not-found", `Cannot read ${path}: ${isThere ? "it is empty" : "there is no such file"}`, {
    hint: "name a database of loom, such as .loom/loom.db",
    data: { file: path },
  });
}
