import type { Context } from "../context.ts";
import type { RunFact } from "../ports/events.ts";
import type { Lease, LeaseHolder, Store } from "../ports/store.ts";
import { dirname } from "../paths.ts";
import { detailsOf, LateDetails } from "./session/details.ts";
import { SETTLED_MS } from "./session/digests.ts";
import { becomeDriver, keepDriving } from "./session/drive.ts";
import { dryExecutor } from "./steps/dry_run.ts";
import { realExecutor } from "./steps/executor.ts";
import { type GitState, gitState } from "./session/git_state.ts";
import { prepare, type Prepared, requireSandbox, scopeOf } from "./session/prepare.ts";
import { openSession } from "./session/open_session.ts";
import { maySkip, requestKey, writeReceipt } from "./fresh/receipt.ts";
import { Recorder } from "./session/recorder.ts";
import type { RunControl, RunOutcome, RunRequest } from "./session/request.ts";
import { recordOf } from "./recorded_request.ts";
import { resume } from "./resume.ts";
import { Run } from "./run.ts";
import type { PointTracker } from "./points/tracker.ts";
import { MemoBook, type Session } from "./session/session.ts";
import { Witness } from "./session/witness.ts";

/**
 * Runs a pipeline, or tells what it would run. Failures of steps are part of the outcome.
 *
 * @throws {LoomError} What stops it before anything starts (see {@linkcode prepare}), `busy`, `not-permitted` and other
 * faults of the store, `lease-lost`.
 */
export async function runPipeline(asked: RunRequest, outside: Context, control: RunControl): Promise<RunOutcome> {
  const witness = maySkip(asked) ? new Witness(outside) : undefined;
  const context = witness?.context ?? outside;
  const project = asked.project ?? context.stores.projectOf(asked.file);
  const scope = scopeOf(asked.file, project);
  const { request, finished } = asked.resume
    ? resume(asked, context, { project, scope })
    : { request: asked, finished: new Set<string>() };
  // Not through the witness: what git looks at does not tell whether a step is fresh.
  const git = request.dryRun ? undefined : gitState(dirname(request.file), outside);
  const prepared = await prepare(request, context);
  if (request.dryRun || prepared.steps.length === 0) {
    const recorder = new Recorder({ run: context.random.hex(12), clock: context.clock, sink: control.sink });
    return await new Run(await openSession({ prepared, request, context, control, recorder }), prepared, dryExecutor)
      .go();
  }
  await requireSandbox(prepared.steps, context);
  const notices: string[] = [];
  const store = context.stores.open(project, (message) => notices.push(message));
  try {
    return await runStored({ prepared, request, context, control, store, notices, scope, finished, witness, git });
  } finally {
    store.close();
  }
}

interface Stored {
  readonly prepared: Prepared;
  readonly request: RunRequest;
  readonly context: Context;
  readonly control: RunControl;
  readonly store: Store;
  readonly notices: readonly string[];
  readonly scope: string;
  readonly finished: ReadonlySet<string>;
  readonly witness?: Witness;
  readonly git?: Promise<GitState | undefined>;
}

async function runStored(stored: Stored): Promise<RunOutcome> {
  const { request, context, control, store, scope } = stored;
  const run = context.random.hex(12);
  const recorder = new Recorder({ run, clock: context.clock, sink: control.sink, store });
  const { wait } = request;
  const onWait = (holder: LeaseHolder) => recorder.emit(waiting(holder.pid));
  const lease = await becomeDriver({ store, scope, run, wait, signal: control.signal, onWait }, context);
  const [lost, over] = [new AbortController(), new AbortController()];
  const onLost = (error: unknown) => lost.abort(error);
  // A store that cannot be written to is as good as lost, and must not go unheard until the end.
  const driving = keepDriving(lease, { store, over: over.signal, onLost }, context).catch(onLost);
  try {
    const guarded = { ...control, signal: AbortSignal.any([control.signal, lost.signal]) };
    const outcome = await runDriven({ ...stored, control: guarded }, recorder.under(lease), lease);
    lost.signal.throwIfAborted();
    return outcome;
  } finally {
    over.abort();
    await driving;
    store.leases.release(lease);
  }
}

function waiting(pid: number): RunFact {
  const message = `Another loom (process ${pid}) drives this pipeline; waiting until it has ended`;
  return { type: "notice", level: "hint", code: "waiting", message };
}

async function runDriven(stored: Stored, recorder: Recorder, lease: Lease): Promise<RunOutcome> {
  const { prepared, request, context, control, store, notices, scope, finished, witness } = stored;
  closeLostRuns(store, scope, context);
  store.receipts.remove(scope);
  const details = detailsOf(prepared);
  // Together: who removes texts that no run refers to must not come in between.
  const source = store.transaction(() => {
    const source = store.objects.putText(prepared.loaded.text);
    store.journal.createRun({
      id: recorder.run,
      kind: "pipeline",
      name: scope,
      status: "running",
      createdAt: context.clock.now(),
      request: recordOf(request),
      source,
      details,
    });
    return source;
  });
  for (const message of notices) recorder.emit({ type: "notice", level: "warning", code: "store", message });
  const memos = new MemoBook(scope, store.memos.all(scope));
  const session = await openSession({
    prepared,
    request,
    context,
    control,
    recorder,
    digests: store.digests,
    memos,
    finishedBefore: finished,
  });
  const late = new LateDetails({ details, git: stored.git }, recorder, context.clock);
  await late.begin(session.interpreter?.version);
  const made = new Run(session, prepared, realExecutor, await trackerOf(session, prepared));
  const outcome = await made.go();
  await late.end();
  const sights = made.isAllFresh ? witness?.testimony(context.clock.now(), SETTLED_MS) : undefined;
  if (sights !== undefined) {
    const key = requestKey(request, context);
    const receipt = writeReceipt({ prepared, source, sights, results: made.results, details: late.known }, context);
    store.transaction(() => store.receipts.put(scope, key, receipt), lease);
  }
  return outcome;
}

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

function tracking(): Promise<typeof import("./points/tracker.ts")> {
  return import(isReached ? "./points/tracker.ts" : "./points/tracker.ts");
}

/** What follows the points of a sweep; steps that all points share make none. */
async function trackerOf(session: Session, { sweep, steps }: Prepared): Promise<PointTracker | undefined> {
  if (sweep === undefined) return undefined;
  const tracker = new (await tracking()).PointTracker(session, sweep, steps);
  return tracker.count === 0 ? undefined : tracker;
}

/** Runs of this pipeline that say they are running are not: their driver is gone, or it would hold the lease. */
function closeLostRuns(store: Store, scope: string, { clock }: Context): void {
  for (const lost of store.journal.listRuns({ kind: "pipeline", name: scope, status: "running" })) {
    const running = store.journal.attempts(lost.id).filter((attempt) => attempt.status === "running");
    store.transaction(() => {
      for (const attempt of running) store.journal.putAttempt({ ...attempt, status: "lost" });
      for (const point of store.journal.points(lost.id)) {
        if (point.status === "pending" || point.status === "running") {
          store.journal.putPoint({ ...point, status: "cancelled", reason: "the run was cut off" });
        }
      }
      const last = store.journal.events(lost.id).at(-1)?.at ?? lost.createdAt;
      const endedAt = Math.min(last, clock.now());
      store.journal.finishRun(lost.id, {
        status: "interrupted",
        endedAt,
        durationMs: Math.max(0, endedAt - lost.createdAt),
      });
    });
  }
}
