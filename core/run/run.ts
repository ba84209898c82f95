import type { Problem } from "../errors.ts";
import type { Step } from "../graph/pipeline.ts";
import type { RunFact, RunStatus, SkipCause } from "../ports/events.ts";
import type { Metrics, PointRecord } from "../ports/store.ts";
import type { PointStepEnd, PointTracker } from "./points/tracker.ts";
import type { StepExecutor } from "./steps/executor.ts";
import { asFailure } from "./steps/failure.ts";
import type { Needs } from "./schedule/pool.ts";
import type { Prepared } from "./session/prepare.ts";
import type { RunOutcome } from "./session/request.ts";
import { criticalPath } from "./schedule/run_plan.ts";
import { schedule } from "./schedule/scheduler.ts";
import type { Session, StepResult } from "./session/session.ts";
import { type Ended, skipCause } from "./steps/turn.ts";

const NO_COUNTERS: Needs = new Map();
const MADE: ReadonlySet<Ended> = new Set(["done", "tolerated"]);

/** What a run measured. */
export interface RunResults {
  /** `undefined`: the pipeline has none. */
  readonly metrics: Metrics | undefined;
  readonly points: readonly PointRecord[];
}

/** One run under way: whose turn it is, what came of it, and what that means for the rest. */
export class Run {
  readonly #session: Session;
  readonly #prepared: Prepared;
  readonly #executor: StepExecutor;
  readonly #steps: ReadonlyMap<string, Prepared["steps"][number]>;
  readonly #ended = new Map<string, Ended>();
  readonly #durations = new Map<string, number>();
  readonly #startedMs: number;
  readonly #points: PointTracker | undefined;
  #succeeded = 0;
  #skipped = 0;
  #freshCount = 0;
  #metrics: Metrics | undefined;

  /** @param points Follows the points, if it is a sweep. */
  constructor(session: Session, prepared: Prepared, executor: StepExecutor, points?: PointTracker) {
    this.#session = session;
    this.#prepared = prepared;
    this.#executor = executor;
    this.#steps = new Map(prepared.steps.map((step) => [step.name, step]));
    this.#startedMs = session.context.clock.monotonicMs();
    this.#points = points;
    if (points === undefined) return;
    session.recorder.onFact((fact) => fact.type === "step_started" && points.started(fact.step));
  }

  /** Whether every step was passed over as fresh, without a word of warning: then the next run may be, too. */
  get isAllFresh(): boolean {
    return this.#freshCount === this.#prepared.steps.length && !this.#session.recorder.hasNotices;
  }

  /** What came out of it, when it has ended. */
  get results(): RunResults {
    return { metrics: this.#metrics, points: this.#points?.records ?? [] };
  }

  async go(): Promise<RunOutcome> {
    const { recorder, pool, parallel, request } = this.#session;
    const { steps, givenWorkers, warnings, plan } = this.#prepared;
    for (const problem of warnings) recorder.emit(noticeOf(problem));
    recorder.emit({
      type: "run_started",
      name: request.file,
      total: steps.length,
      parallel,
      maxWorkers: givenWorkers,
      dryRun: request.dryRun,
      ...(this.#points !== undefined && { points: this.#points.count }),
    });
    this.#points?.begin();
    recorder.commit();
    await schedule(plan(), {
      execute: (name, release) => this.#turn(name, release),
      needs: (name) => this.#needs(name),
      pool,
      limit: parallel ? Infinity : 1,
    });
    return this.#finish(await this.#measured());
  }

  /** Only what runs a program itself draws from the pool; loops and groups leave that to their parts. */
  #needs(name: string): Needs | undefined {
    const step = this.#steps.get(name)!;
    if (step.kind === "condition") return step.script === undefined ? undefined : NO_COUNTERS;
    return step.kind === "task" && step.loop === undefined ? step.resources : undefined;
  }

  #turn(name: string, release: () => void): Promise<void> | void {
    const step = this.#steps.get(name)!;
    const startedMs = this.#session.context.clock.monotonicMs();
    const cause = this.#skipCause(step);
    if (cause !== undefined && "status" in cause) return this.#end(name, cause, startedMs);
    if (cause !== undefined) return this.#skip(name, cause);
    const result = this.#executor.execute(step, this.#points?.sessionOf(name) ?? this.#session, release);
    if (result instanceof Promise) return result.then((result) => this.#end(name, result, startedMs));
    this.#end(name, result, startedMs);
  }

  /** Why the step is not run; or how it ends, if that question cannot be answered. */
  #skipCause(step: Step): SkipCause | StepResult | undefined {
    if (this.#session.halt.signal.aborted) return { cause: "cancelled" };
    const why = this.#points?.stoppedBecause(step.name);
    if (why !== undefined) return { cause: "stopped", why };
    try {
      return skipCause(step, this.#ended, this.#session);
    } catch (error) {
      return asFailure(error, this.#session);
    }
  }

  #skip(name: string, reason: SkipCause): void {
    this.#ended.set(name, reason.cause === "failed" || reason.cause === "cancelled" ? "blocked" : "skipped");
    this.#skipped++;
    this.#session.recorder.emit({ type: "step_skipped", step: name, reason });
    this.#points?.ended(name, pointEndOf(reason));
  }

  #end(name: string, result: StepResult, startedMs: number): void {
    const { recorder, context, request } = this.#session;
    if (result.status === "fresh") {
      this.#ended.set(name, "done");
      this.#succeeded++;
      this.#freshCount++;
      recorder.emit({ type: "step_skipped", step: name, reason: { cause: "fresh" } });
      return this.#points?.ended(name, { ended: "fresh" });
    }
    const why = result.status === "cancelled" ? this.#points?.stoppedBecause(name) : undefined;
    const step = this.#steps.get(name)!;
    const tolerated = result.status === "failed" && step.kind === "task" && step.continueOnError;
    const durationMs = Math.round(context.clock.monotonicMs() - startedMs);
    const ended = result.status === "done"
      ? "done"
      : tolerated
      ? "tolerated"
      : why === undefined
      ? "failed"
      : "skipped";
    this.#ended.set(name, ended);
    if (ended === "skipped") this.#skipped++;
    else if (result.status === "done") this.#succeeded++;
    else if (!tolerated && request.failFast) this.#session.halt.abort();
    // A dry run has nothing to say of how a task ended: it did not begin.
    if (request.dryRun && result.result === undefined && result.status === "done") return;
    this.#durations.set(name, durationMs);
    recorder.emit({
      type: "step_finished",
      step: name,
      ...result,
      ...(why !== undefined && { error: why }),
      status: result.status,
      durationMs,
      tolerated: tolerated || undefined,
    });
    const failure = result.error ??
      (result.signal === undefined ? `exit code ${result.exitCode}` : `signal ${result.signal}`);
    const pointEnd = result.status === "cancelled" && ended === "failed" ? "cancelled" : ended;
    this.#points?.ended(name, { ended: pointEnd, durationMs, ...(pointEnd === "failed" && { why: failure }) });
    recorder.commitSoon();
  }

  #finish(metrics: Metrics | undefined): RunOutcome {
    const { recorder, context, control } = this.#session;
    const { steps, dependencies } = this.#prepared;
    const status = this.#status(control.signal.aborted);
    const durationMs = Math.round(context.clock.monotonicMs() - this.#startedMs);
    const inOrder = [...this.#ended.keys()].map((name) => this.#steps.get(name)!);
    const summary = { status, succeeded: this.#succeeded, skipped: this.#skipped, total: steps.length };
    const fact: RunFact = {
      type: "run_finished",
      ...summary,
      durationMs,
      criticalPath: criticalPath(inOrder, dependencies, this.#durations),
    };
    this.#metrics = metrics;
    this.#points?.end();
    recorder.write((store) => {
      this.#session.digester.save();
      const fresh = this.#freshCount;
      store.journal.finishRun(recorder.run, { status, endedAt: context.clock.now(), durationMs, metrics, fresh });
    });
    recorder.emit(fact);
    recorder.commit();
    return { run: recorder.run, ...summary };
  }

  /** What is in the files of metrics; those of points are with these. `undefined`: the pipeline names none. */
  async #measured(): Promise<Metrics | undefined> {
    const { steps, pipeline } = this.#prepared;
    const { request, control, pointSteps } = this.#session;
    const isLeft = ({ name }: Step) => MADE.has(this.#ended.get(name)!) && !pointSteps.has(name);
    const own = steps.filter((step) => hasMetrics(step) && isLeft(step));
    if (request.dryRun || own.length + pipeline.metrics.length === 0) return undefined;
    // What other steps would have made is not missed where only some were run.
    const isWhole = this.#status(control.signal.aborted) === "done" && request.selection.mode === "all";
    return (await measuring()).runMetrics(own, isWhole, this.#session);
  }

  #status(isCancelled: boolean): RunStatus {
    if (isCancelled) return "cancelled";
    return [...this.#ended.values()].some((ended) => ended === "failed" || ended === "blocked") ? "failed" : "done";
  }
}

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

function measuring(): Promise<typeof import("./metrics/collect.ts")> {
  return import(isReached ? "./metrics/collect.ts" : "./metrics/collect.ts");
}

function hasMetrics(step: Step): boolean {
  if (step.kind === "repeated") return step.steps.some(hasMetrics);
  return step.kind === "task" && step.metrics.length > 0;
}

function pointEndOf(reason: SkipCause): PointStepEnd {
  if (reason.cause === "failed") {
    return { ended: "blocked", why: `dependencies failed: ${reason.dependencies.join(", ")}` };
  }
  return { ended: reason.cause === "cancelled" ? "cancelled" : "skipped" };
}

function noticeOf({ level, code, message, hint, step, file, line, column }: Problem): RunFact {
  return {
    type: "notice",
    level: level === "hint" ? "hint" : "warning",
    code,
    message,
    hint,
    step,
    file,
    line,
    column,
  };
}
