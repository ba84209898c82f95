import type { Context } from "../context.ts";
import { isLoomError } from "../errors.ts";
import { relativePath } from "../paths.ts";
import type { Lease, PointRecord, Store } from "../ports/store.ts";
import { tryToDrive } from "./session/drive.ts";
import { maySkip, readReceipt, type Receipt, requestKey } from "./fresh/receipt.ts";
import { recordOf } from "./recorded_request.ts";
import { Recorder } from "./session/recorder.ts";
import type { RunControl, RunOutcome, RunRequest } from "./session/request.ts";

/**
 * The outcome of a run in which there is nothing to do, when that can be told without reading the pipeline: the same
 * request found everything fresh before, and nothing it looked at then has changed. `undefined`: look properly.
 *
 * @throws {LoomError} Faults of the store.
 */
export function skipAll(request: RunRequest, context: Context, control: RunControl): RunOutcome | undefined {
  if (!maySkip(request)) return undefined;
  const project = request.project ?? context.stores.projectOf(request.file);
  const place = { project, scope: relativePath(request.file, project), key: requestKey(request, context) };
  const text = findText(context, place);
  const receipt = text === undefined ? undefined : readReceipt(text, context);
  if (text === undefined || receipt === undefined) return undefined;
  return record({ receipt, text }, place, { request, context, control });
}

/** Where a receipt is kept. */
interface Place {
  readonly project: string;
  readonly scope: string;
  readonly key: string;
}

function findText({ stores }: Context, { project, scope, key }: Place): string | undefined {
  let store: Store | undefined;
  try {
    store = stores.openReadOnly(project);
    return store?.receipts.get(scope, key);
  } catch (error) {
    // A damaged store is set aside by the run that opens it to write.
    if (isLoomError(error) && error.code === "store-corrupt") return undefined;
    throw error;
  } finally {
    store?.close();
  }
}

interface Asked {
  readonly request: RunRequest;
  readonly context: Context;
  readonly control: RunControl;
}

/** Tells and keeps the run as any other; `undefined` if another loom drives the pipeline, or has since it was found. */
function record(
  found: { readonly receipt: Receipt; readonly text: string },
  place: Place,
  asked: Asked,
): RunOutcome | undefined {
  const { context, control } = asked;
  const run = context.random.hex(12);
  // The store was read a moment ago, so there is nothing amiss with it that a person should hear of.
  const store = context.stores.open(place.project, () => {});
  try {
    const lease = tryToDrive({ store, scope: place.scope, run }, context);
    if (!("fence" in lease)) return undefined;
    const recorder = new Recorder({ run, clock: context.clock, sink: control.sink, store }).under(lease);
    return whileDriving(lease, store, () => {
      // Every run that has work to do takes the receipt away.
      if (store.receipts.get(place.scope, place.key) !== found.text) return undefined;
      return tell(found.receipt, place.scope, recorder, asked);
    });
  } finally {
    store.close();
  }
}

function whileDriving<T>(lease: Lease, { leases }: Store, work: () => T): T {
  try {
    return work();
  } finally {
    leases.release(lease);
  }
}

function tell(receipt: Receipt, name: string, recorder: Recorder, asked: Asked): RunOutcome {
  const { request, context: { clock } } = asked;
  const { run } = recorder;
  const startedMs = clock.monotonicMs();
  const { steps, parallel, givenWorkers: maxWorkers, source, details } = receipt;
  const total = steps.length;
  const createdAt = clock.now();
  const begun = { id: run, kind: "pipeline", name, status: "running", createdAt } as const;
  const kept = { ...begun, request: recordOf(request), source, details };
  recorder.write(({ journal }) => journal.createRun(kept));
  recorder.emit({
    type: "run_started",
    name: request.file,
    total,
    parallel,
    maxWorkers,
    dryRun: false,
    ...countOf(receipt),
  });
  for (const step of steps) recorder.emit({ type: "step_skipped", step, reason: { cause: "fresh" } });
  for (const point of receipt.points) tellPoint(point, recorder, receipt.points.length);
  const summary = { status: "done", succeeded: total, skipped: 0, total } as const;
  const durationMs = Math.round(clock.monotonicMs() - startedMs);
  recorder.emit({ type: "run_finished", ...summary, durationMs, criticalPath: [] });
  recorder.write(({ journal }) =>
    journal.finishRun(run, {
      status: "done",
      endedAt: clock.now(),
      durationMs,
      metrics: receipt.metrics,
      fresh: total,
    })
  );
  recorder.commit();
  return { run, ...summary };
}

function countOf({ points }: Receipt): { readonly points?: number } {
  return points.length === 0 ? {} : { points: points.length };
}

function tellPoint(kept: PointRecord, recorder: Recorder, total: number): void {
  const { run: _, exact: _exact, shared: _shared, ...point } = kept;
  recorder.write(({ journal }) => journal.putPoint({ ...kept, run: recorder.run }));
  recorder.emit({ type: "point_finished", total, ...point, fresh: true });
}
