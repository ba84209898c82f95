/**
 * The results that verbs look at: of a sweep, of one run, of the newest runs.
 *
 * @module
 */

import type { Context } from "../../../../core/context.ts";
import { LoomError, usage } from "../../../../core/errors.ts";
import type { ResultRecord, Store } from "../../../../core/ports/store.ts";
import { type Result, resultOfPoint, resultOfRun } from "../../../../core/report/table/mod.ts";
import type { Host } from "../../base/host.ts";
import type { HistoryFlags } from "../../words/experiment_flags.ts";
import { LAST, placeOf } from "../../base/place.ts";
import { readingRun } from "../loops/find.ts";
import { toProject } from "../request.ts";

/** What is looked at, and where it is kept. */
export interface Looking {
  readonly context: Context;
  readonly project: string;
  readonly store: Store;
}

/** A run with its points, if it is a sweep. */
export interface Run {
  readonly record: ResultRecord;
  readonly points: readonly Result[];
}

/** Gives the project's store to `work`; `undefined` where nothing was ever run. */
export async function lookingAt<T>(
  flags: HistoryFlags,
  host: Host,
  work: (looking: Looking) => Promise<T> | T,
): Promise<T | undefined> {
  const context = await host.context();
  const project = toProject(flags, context) ?? context.stores.projectOf(context.cwd);
  const store = context.stores.openReadOnly(project);
  if (store === undefined) return undefined;
  try {
    return await work({ context, project, store });
  } finally {
    store.close();
  }
}

/**
 * {@linkcode lookingAt} one run.
 *
 * @param word Its id, the beginning of it, or `last`.
 * @throws {LoomError} `RUN_NOT_FOUND`, `ambiguous-run`; `usage` if it is a loop's.
 */
export async function lookingAtRun<T>(
  word: string,
  { flags, host }: { readonly flags: HistoryFlags; readonly host: Host },
  work: (run: Run, looking: Looking) => Promise<T> | T,
): Promise<T> {
  const found = await lookingAt(flags, host, async (looking) => {
    const record = recordOf(word, looking.store);
    return record && { value: await work(runOf(record, looking.store), looking) };
  });
  return found === undefined ? await notOne(word, flags, host) : found.value;
}

function recordOf(id: string, { journal }: Store): ResultRecord | undefined {
  if (id === LAST) return journal.results({ limit: 1 })[0];
  if (!/^[0-9a-f]{1,12}$/.test(id)) return undefined;
  const records = journal.results({ id, limit: 2 });
  return records.length === 1 ? records[0] : undefined;
}

function runOf(record: ResultRecord, { journal }: Store): Run {
  return { record, points: journal.points(record.id).map(resultOfPoint) };
}

/** Says why no run of a pipeline is meant by this. */
async function notOne(id: string, flags: HistoryFlags, host: Host): Promise<never> {
  const project = toProject(flags, await host.context());
  const place = await placeOf({ db: project && `${project}/.loom/loom.db` }, host);
  return await readingRun(id, { place, host }, ({ kind, id }) => {
    if (kind === "loop") {
      throw usage(
        `Run ${id} is one of a loop, not of a pipeline`,
        `loom show ${id} shows it, and with --diff what one of its steps changed`,
      );
    }
    throw new LoomError("RUN_NOT_FOUND", `There is no run ${id}`);
  });
}

/** Where nothing was found. */
export async function nothingHint(flags: HistoryFlags, host: Host): Promise<string> {
  const context = await host.context();
  const project = toProject(flags, context) ?? context.stores.projectOf(context.cwd);
  return `hint: looked in ${project}; loom runs --all lists every project\n`;
}

/** What a run is as a row of a table. */
export function resultOf({ record }: Run): Result {
  return resultOfRun(record);
}

/** @throws {LoomError} `not-a-sweep`. */
export function requireSweep({ record, points }: Run): void {
  if (points.length > 0) return;
  throw new LoomError("not-a-sweep", `Run ${record.id} of ${record.name} is no sweep`, {
    hint: "a sweep is a run with --sweep, or of a pipeline with 'matrix:'",
    data: { run: record.id },
  });
}
