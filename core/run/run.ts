import type { Problem } from "../errors.ts";
import type { Step } from "../graph/pipeline.ts";
import type { RunFact, RunStatus, SkipCause } from "../ports/events.ts";
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

/** One run under way: whose turn it is, what came of it, and what that means for the rest. */
export class Run {
  readonly #session: Session;
  readonly #prepared: Prepared;
  readonly #executor: StepExecutor;
  readonly #steps: ReadonlyMap<string, Prepared["steps"][number]>;
  readonly #ended = new Map<string, Ended>();
  readonly #durations = new Map<string, number>();
  readonly #startedMs: number;
  #succeeded = 0;
  #skipped = 0;
  #freshCount = 0;

  constructor(session: Session, prepared: Prepared, executor: StepExecutor) {
    this.#session = session;
    this.#prepared = prepared;
    this.#executor = executor;
    this.#steps = new Map(prepared.steps.map((step) => [step.name, step]));
    this.#startedMs = session.context.clock.monotonicMs();
  }

  /** Whether every step was passed over as fresh, without a word of warning: then the next run may be, too. */
  get isAllFresh(): boolean {
    return this.#freshCount === this.#prepared.steps.length && !this.#session.recorder.hasNotices;
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
    });
    recorder.commit();
    await schedule(plan(), {
      execute: (name, release) => this.#turn(name, release),
      needs: (name) => this.#needs(name),
      pool,
      limit: parallel ? Infinity : 1,
    });
    return this.#finish();
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
    const result = this.#executor.execute(step, this.#session, release);
    if (result instanceof Promise) return result.then((result) => this.#end(name, result, startedMs));
    this.#end(name, result, startedMs);
  }

  /** Why the step is not run; or how it ends, if that question cannot be answered. */
  #skipCause(step: Step): SkipCause | StepResult | undefined {
    if (this.#session.halt.signal.aborted) return { cause: "cancelled" };
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
  }

  #end(name: string, result: StepResult, startedMs: number): void {
    const { recorder, context, request } = this.#session;
    if (result.status === "fresh") {
      this.#ended.set(name, "done");
      this.#succeeded++;
      this.#freshCount++;
      return recorder.emit({ type: "step_skipped", step: name, reason: { cause: "fresh" } });
    }
    const step = this.#steps.get(name)!;
    const tolerated = result.status === "failed" && step.kind === "task" && step.continueOnError;
    const durationMs = Math.round(context.clock.monotonicMs() - startedMs);
    this.#ended.set(name, result.status === "done" ? "done" : tolerated ? "tolerated" : "failed");
    if (result.status === "done") this.#succeeded++;
    else if (!tolerated && request.failFast) this.#session.halt.abort();
    // A dry run has nothing to say of how a task ended: it did not begin.
    if (request.dryRun && result.result === undefined && result.status === "done") return;
    this.#durations.set(name, durationMs);
    recorder.emit({
      type: "step_finished",
      step: name,
      ...result,
      status: result.status,
      durationMs,
      tolerated: tolerated || undefined,
    });
    recorder.commitSoon();
  }

  #finish(): RunOutcome {
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
    recorder.write((store) => {
      this.#session.digester.save();
      store.journal.finishRun(recorder.run, { status, endedAt: context.clock.now(), durationMs });
    });
    recorder.emit(fact);
    recorder.commit();
    return { run: recorder.run, ...summary };
  }

  #status(isCancelled: boolean): RunStatus {
    if (isCancelled) return "cancelled";
    return [...this.#ended.values()].some((ended) => ended === "failed" || ended === "blocked") ? "failed" : "done";
  }
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
