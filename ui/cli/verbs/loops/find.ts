/**
 * The run that an id, or its beginning, names.
 *
 * @module
 */

import { LoomError, nearest } from "../../../../core/errors.ts";
import type { LoopRow } from "../../../../core/ports/loop_store.ts";
import type { RunRecord } from "../../../../core/ports/store.ts";
import type { Host } from "../../base/host.ts";
import { type Kept, type Place, reading } from "../../base/place.ts";

/** A run of either kind. */
export type Found =
  | { readonly kind: "loop"; readonly id: string; readonly run: LoopRow }
  | { readonly kind: "pipeline"; readonly id: string; readonly run: RunRecord };

/** Ids that an error names at most. */
const SHOWN = 5;

/**
 * Finds a run.
 *
 * @throws {LoomError} `RUN_NOT_FOUND`, with what is near; `ambiguous-run` if several ids begin like this.
 */
export async function findRun(id: string, kept: Kept): Promise<Found> {
  const exact = await runOf(id, kept);
  if (exact !== undefined) return exact;
  const longer = id === "" ? [] : await idsLike(id, kept);
  if (longer.length === 1) return (await runOf(longer[0], kept))!;
  throw longer.length === 0 ? notFound(id, kept.place, await idsOf(kept)) : ambiguous(id, longer);
}

/** {@linkcode reading} for verbs about one run. */
export async function readingRun<T>(
  id: string,
  { place, host }: { readonly place: Place; readonly host: Host },
  work: (found: Found, kept: Kept) => Promise<T>,
): Promise<T> {
  const result = await reading(place, host, async (kept) => ({ value: await work(await findRun(id, kept), kept) }));
  if (result === undefined) throw notFound(id, place, []);
  return result.value;
}

/** {@linkcode readingRun} for verbs that only loops have. */
export async function findLoop(id: string, place: Place, host: Host): Promise<LoopRow> {
  return await readingRun(id, { place, host }, (found) => {
    if (found.kind === "loop") return Promise.resolve(found.run);
    throw new LoomError("not-a-loop", `Run ${found.id} is one of the pipeline ${found.run.name}, not of a loop`);
  });
}

async function runOf(id: string, { loops, pipelines }: Kept): Promise<Found | undefined> {
  const loop = await loops.getRun(id);
  if (loop !== undefined) return { kind: "loop", id, run: loop };
  const pipeline = pipelines?.journal.getRun(id);
  return pipeline?.kind === "pipeline" ? { kind: "pipeline", id, run: pipeline } : undefined;
}

/** Ids that begin like this; those of pipelines are hexadecimal digits. */
async function idsLike(start: string, { loops, pipelines }: Kept): Promise<readonly string[]> {
  const records = HEX.test(start) ? pipelines?.journal.results({ id: start }) ?? [] : [];
  const runs = [...await loops.listSummaries({}), ...records];
  return runs.map((run) => run.id).filter((id) => id.startsWith(start));
}

const HEX = /^[0-9a-f]+$/;

async function idsOf({ loops, pipelines }: Kept): Promise<readonly string[]> {
  const records = pipelines?.journal.listSummaries({ kind: "pipeline" }) ?? [];
  return [...(await loops.listSummaries({})).map((run) => run.id), ...records.map((run) => run.id)];
}

function notFound(id: string, place: Place, ids: readonly string[]): LoomError {
  const near = nearest(id, ids);
  const hint = near === undefined ? "loom runs lists what there is" : `did you mean '${near}'?`;
  return new LoomError("RUN_NOT_FOUND", `There is no run ${id} in ${place.path}`, {
    hint,
    data: { file: place.path, id },
  });
}

function ambiguous(id: string, ids: readonly string[]): LoomError {
  const more = ids.length > SHOWN ? " and more" : "";
  return new LoomError("ambiguous-run", `${ids.length} runs begin with '${id}'`, {
    hint: `it could be ${ids.slice(0, SHOWN).join(", ")}${more}`,
    data: { id, ids },
  });
}
