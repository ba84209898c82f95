/**
 * The run that an id, or its beginning, names.
 *
 * @module
 */

import { LoomError, nearest, usage } from "../../../../core/errors.ts";
import type { LoopRow } from "../../../../core/ports/loop_store.ts";
import type { PointRecord, RunRecord } from "../../../../core/ports/store.ts";
import type { Host } from "../../base/host.ts";
import { type Kept, LAST, type Place, reading } from "../../base/place.ts";

/** A run of either kind. */
export type Found =
  | { readonly kind: "loop"; readonly id: string; readonly run: LoopRow }
  | { readonly kind: "pipeline"; readonly id: string; readonly run: RunRecord };

/** Ids that an error names at most. */
const SHOWN = 5;

/**
 * Finds a run, by its id, the beginning of that, or {@linkcode LAST}.
 *
 * @throws {LoomError} `RUN_NOT_FOUND`, with what is near; `ambiguous-run` if several ids begin like this.
 */
export async function findRun(id: string, kept: Kept): Promise<Found> {
  const exact = await runOf(id, kept);
  if (exact !== undefined) return exact;
  const newest = id === LAST ? newestOf(kept) : undefined;
  if (newest !== undefined) return newest;
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

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

function historyParts(): Promise<typeof import("../../../../core/history/mod.ts")> {
  return import(isReached ? "../../../../core/history/mod.ts" : "../../../../core/history/mod.ts");
}

/**
 * {@linkcode readingRun}, where `ID:POINT` may stand for one point of a sweep.
 *
 * @throws {LoomError} `unknown-point`.
 */
export async function readingAddress<T>(
  word: string,
  { place, host }: { readonly place: Place; readonly host: Host },
  work: (found: Found & { readonly point?: PointRecord }, kept: Kept) => Promise<T>,
): Promise<T> {
  if (!word.includes(":")) return await readingRun(word, { place, host }, work);
  const { addressOf, findPoint } = await historyParts();
  const { id, point = "" } = addressOf(word);
  return await readingRun(id, { place, host }, async (found, kept) => {
    if (found.kind === "loop") {
      throw usage(`Run ${found.id} is one of a loop, and has no points`, `loom show ${found.id} shows its steps`);
    }
    return await work({ ...found, point: findPoint(point, found.run, kept.pipelines!.journal) }, kept);
  });
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

function newestOf({ pipelines }: Kept): Found | undefined {
  const [run] = pipelines?.journal.listRuns({ kind: "pipeline", limit: 1 }) ?? [];
  return run && { kind: "pipeline", id: run.id, run };
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
  const hint = near === undefined ? hintAt(ids) : `did you mean '${near}'?`;
  const what = id === LAST ? "no run of a pipeline" : `no run ${id}`;
  return new LoomError("RUN_NOT_FOUND", `There is ${what} in ${place.path}`, {
    hint,
    data: { file: place.path, id },
  });
}

function hintAt(ids: readonly string[]): string {
  if (ids.length > 0) return "loom runs lists what there is";
  return "nothing was run there; loom runs --all lists every project";
}

function ambiguous(id: string, ids: readonly string[]): LoomError {
  const more = ids.length > SHOWN ? " and more" : "";
  return new LoomError("ambiguous-run", `${ids.length} runs begin with '${id}'`, {
    hint: `it could be ${ids.slice(0, SHOWN).join(", ")}${more}`,
    data: { id, ids },
  });
}
