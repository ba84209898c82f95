import type { Context } from "../context.ts";
import { relativePath } from "../paths.ts";
import { becomeDriver } from "./drive.ts";
import { maySkip, readReceipt, type Receipt, requestKey } from "./receipt.ts";
import { Recorder } from "./recorder.ts";
import type { RunControl, RunOutcome, RunRequest } from "./request.ts";

/**
 * The outcome of a run in which there is nothing to do, when that can be told without reading the pipeline: the same
 * request found everything fresh before, and nothing it looked at then has changed. `undefined`: look properly.
 *
 * @throws {LoomError} `busy`, and faults of the store.
 */
export async function skipAll(
  request: RunRequest,
  context: Context,
  control: RunControl,
): Promise<RunOutcome | undefined> {
  if (!maySkip(request)) return undefined;
  const project = request.project ?? context.stores.projectOf(request.file);
  const scope = relativePath(request.file, project);
  const receipt = findReceipt(request, context, { project, scope });
  return receipt && await record(receipt, { request, context, control, project, scope });
}

function findReceipt(
  request: RunRequest,
  context: Context,
  { project, scope }: { readonly project: string; readonly scope: string },
): Receipt | undefined {
  const store = context.stores.openReadOnly(project);
  try {
    const text = store?.receipts.get(scope, requestKey(request, context));
    return text === undefined ? undefined : readReceipt(text, context);
  } finally {
    store?.close();
  }
}

interface Skipped {
  readonly request: RunRequest;
  readonly context: Context;
  readonly control: RunControl;
  readonly project: string;
  readonly scope: string;
}

/** Tells and keeps the run as any other. */
async function record(receipt: Receipt, { request, context, control, project, scope }: Skipped): Promise<RunOutcome> {
  const { clock, random, stores } = context;
  const run = random.hex(12);
  const store = stores.open(project, () => {});
  try {
    const { wait } = request;
    const lease = await becomeDriver({ store, scope, run, wait, signal: control.signal, onWait: () => {} }, context);
    const recorder = new Recorder({ run, clock, sink: control.sink, store, lease });
    const total = receipt.steps.length;
    const startedMs = clock.monotonicMs();
    const createdAt = clock.now();
    const { parallel, givenWorkers: maxWorkers } = receipt;
    const record = { id: run, kind: "pipeline", name: scope, status: "running", createdAt, request: {} } as const;
    recorder.write(({ journal }) => journal.createRun(record));
    recorder.emit({ type: "run_started", name: request.file, total, parallel, maxWorkers, dryRun: false });
    for (const step of receipt.steps) recorder.emit({ type: "step_skipped", step, reason: { cause: "fresh" } });
    const summary = { status: "done", succeeded: total, skipped: 0, total } as const;
    const durationMs = Math.round(clock.monotonicMs() - startedMs);
    recorder.emit({ type: "run_finished", ...summary, durationMs, criticalPath: [] });
    recorder.write(({ journal }) => journal.finishRun(run, { status: "done", endedAt: clock.now(), durationMs }));
    recorder.commit();
    store.leases.release(lease);
    return { run, ...summary };
  } finally {
    store.close();
  }
}
