/**
 * The points of a sweep while it runs: how far each has come, what it measured, and whether it is worth going on.
 *
 * @module
 */

import type { Step } from "../../graph/pipeline.ts";
import type { Metrics, PointRecord, Scalar } from "../../ports/store.ts";
import type { Point, Sweep } from "../../sweep/mod.ts";
import { collectMetrics, type MetricsSource, sourcesIn, sourcesOf, UnreadMetrics } from "../metrics/collect.ts";
import { readMetrics } from "../metrics/read.ts";
import { keptValue } from "../session/details.ts";
import type { Session } from "../session/session.ts";
import { EarlyStopping } from "./early_stop.ts";
import { MetricsWatch } from "./watch.ts";

/** How a step of a point ended. */
export interface PointStepEnd {
  readonly ended: "done" | "fresh" | "tolerated" | "failed" | "blocked" | "skipped" | "cancelled";
  readonly durationMs?: number;
  /** Why it failed. */
  readonly why?: string;
}

/** A point under way. */
interface State {
  readonly point: Point;
  readonly values: Readonly<Record<string, Scalar>>;
  /** Steps that have not ended. */
  left: number;
  status: PointRecord["status"];
  reason?: string;
  /** Of the steps that ran. */
  durationMs: number;
  hasRun: boolean;
  /** The last value of what it is judged by. */
  seen?: Scalar;
  /** Steps that left what they should. */
  readonly done: Step[];
  readonly stop?: AbortController;
}

/** Follows the points of one run. */
export class PointTracker {
  readonly #session: Session;
  readonly #sweep: Sweep;
  readonly #steps: ReadonlyMap<string, Step>;
  readonly #states = new Map<string, State>();
  readonly #sessions = new Map<string, Session>();
  readonly #records = new Map<string, PointRecord>();
  readonly #unread: UnreadMetrics;
  readonly #stopping: EarlyStopping | undefined;
  readonly #watch: MetricsWatch | undefined;
  #before: ReadonlyMap<string, PointRecord> | undefined;

  constructor(session: Session, sweep: Sweep, steps: readonly Step[]) {
    [this.#session, this.#sweep] = [session, sweep];
    this.#steps = new Map(steps.map((step) => [step.name, step]));
    this.#unread = new UnreadMetrics(session);
    const rule = sweep.matrix.stop;
    this.#stopping = rule && new EarlyStopping(rule);
    this.#watch = rule && new MetricsWatch(rule.metric, session.context, (...values) => this.#judge(...values));
    for (const { name } of steps) {
      const point = sweep.clones.get(name)?.point;
      if (point !== undefined) this.#stateOf(point).left++;
    }
  }

  /** How many points have steps in this run. */
  get count(): number {
    return this.#states.size;
  }

  /** As they stand, in the order of the sweep. */
  get records(): readonly PointRecord[] {
    return [...this.#records.values()].sort((a, b) => a.number - b.number);
  }

  /** Writes them all down, before anything starts. */
  begin(): void {
    for (const state of this.#states.values()) this.#keep(state, {});
    void this.#watch?.run();
  }

  /** A step begins. */
  started(step: string): void {
    const state = this.#find(step);
    if (state === undefined) return;
    this.#watch?.add(step, sourcesOf(this.#steps.get(step)!, this.#session));
    if (state.hasRun) return;
    state.hasRun = true;
    if (state.status === "pending") state.status = "running";
    const { point: { name: point, number }, values } = state;
    this.#keep(state, {});
    const total = this.#sweep.points.length;
    this.#session.recorder.emit({ type: "point_started", point, number, total, values });
  }

  /** A step has ended, however it did. */
  ended(step: string, { ended, durationMs = 0, why }: PointStepEnd): void {
    const state = this.#find(step);
    if (state === undefined) return;
    this.#watch?.remove(step);
    state.durationMs += durationMs;
    state.left--;
    if (ended === "done" || ended === "fresh" || ended === "tolerated") {
      state.done.push(this.#steps.get(step)!);
      this.#judgeEnd(step, state, ended !== "fresh");
    } else if (ended === "failed" || ended === "blocked") {
      this.#worsen(state, "failed", why === undefined ? undefined : `${this.#sweep.clones.get(step)!.step}: ${why}`);
    } else if (ended === "cancelled") this.#worsen(state, "cancelled", undefined);
    if (state.left === 0) this.#finish(state);
  }

  /** Why the point of a step is to be ended early; `undefined`: it is not. */
  stoppedBecause(step: string): string | undefined {
    const state = this.#find(step);
    return state?.status === "stopped" ? state.reason : undefined;
  }

  /** The session to run a step with: its point can be ended alone. */
  sessionOf(step: string): Session {
    const state = this.#find(step);
    if (state?.stop === undefined) return this.#session;
    const { name } = state.point;
    let session = this.#sessions.get(name);
    if (session === undefined) {
      const { control } = this.#session;
      const signal = AbortSignal.any([control.signal, state.stop.signal]);
      this.#sessions.set(name, session = { ...this.#session, control: { ...control, signal } });
    }
    return session;
  }

  /** Nothing more happens. */
  end(): void {
    this.#watch?.end();
    this.#unread.end();
  }

  #find(step: string): State | undefined {
    const point = this.#sweep.clones.get(step)?.point;
    return point === undefined ? undefined : this.#states.get(point.name);
  }

  #stateOf(point: Point): State {
    let state = this.#states.get(point.name);
    if (state === undefined) {
      const { secrets } = this.#session;
      const pairs = [...point.values].map(([key, value]) => [key, keptValue(key, value, secrets)]);
      const values = Object.fromEntries(pairs);
      const stop = this.#sweep.matrix.stop && new AbortController();
      state = { point, values, left: 0, status: "pending", durationMs: 0, hasRun: false, done: [], stop };
      this.#states.set(point.name, state);
    }
    return state;
  }

  // A failure is told before a cancellation, and whatever was first stays.
  #worsen(state: State, status: "failed" | "cancelled", reason: string | undefined): void {
    if (state.status === "stopped" || state.status === "failed") return;
    [state.status, state.reason] = [status, reason ?? state.reason];
  }

  #finish(state: State): void {
    if (state.status === "pending" || state.status === "running") state.status = "done";
    const metrics = this.#metricsOf(state);
    this.#keep(state, metrics);
    const { point: { name: point, number }, values, status, reason } = state;
    const { durationMs } = this.#records.get(point)!;
    const total = this.#sweep.points.length;
    this.#session.recorder.emit({
      ...{ type: "point_finished", point, number, total, status, values, metrics, durationMs, reason },
    });
    this.#sessions.delete(point);
  }

  /** What the steps measured that came to their end. */
  #metricsOf(state: State): Metrics {
    const own: MetricsSource[] = state.done.flatMap((step) => [...sourcesOf(step, this.#session)]);
    const shared = this.#sweep.metrics.get(state.point.name) ?? [];
    const sources = state.status === "done" ? [...own, ...sourcesIn(shared, this.#session)] : own;
    const seen: Metrics = state.status === "stopped" ? { [this.#stopping!.metric]: state.seen ?? null } : {};
    if (sources.length === 0) return seen;
    const metrics = collectMetrics(sources, this.#session, (source, problem) => {
      const step = source.step === undefined ? undefined : this.#sweep.clones.get(source.step)?.step ?? source.step;
      this.#unread.tell(source, problem, step);
    });
    return { ...metrics, ...seen };
  }

  #keep(state: State, metrics: Metrics): void {
    const { point: { name: point, number }, values, status, reason } = state;
    const { run } = this.#session.recorder;
    const durationMs = state.hasRun ? state.durationMs : this.#earlierDuration(state);
    const record: PointRecord = {
      ...{ run, point, number, values, status, metrics },
      ...(durationMs !== undefined && status !== "pending" && status !== "running" && { durationMs }),
      ...(reason !== undefined && { reason }),
    };
    this.#records.set(point, record);
    this.#session.recorder.write(({ journal }) => journal.putPoint(record));
  }

  /** How long a point took that was done before, when nothing of it had to be run again. */
  #earlierDuration({ point: { name }, status }: State): number | undefined {
    if (status !== "done") return undefined;
    this.#before ??= earlierPoints(this.#session);
    return this.#before.get(name)?.durationMs;
  }

  #judgeEnd(step: string, state: State, isNew: boolean): void {
    if (this.#stopping === undefined) return;
    sourcesOf(this.#steps.get(step)!, this.#session).forEach(({ path }, at) => {
      const found = readMetrics(path, this.#session.context.files, { isWhole: true });
      if ("problem" in found) return;
      const { metric } = this.#stopping!;
      const values = found.series.get(metric) ?? (metric in found.values ? [found.values[metric]] : []);
      // At its last step a point has nothing left that could be spared, and what was done before stays done.
      if (values.length > 0) this.#judge(step, String(at), values, isNew && state.left > 0);
    });
  }

  #judge(step: string, place: string, values: readonly Scalar[], mayStop = true): void {
    const [state, clone] = [this.#find(step)!, this.#sweep.clones.get(step)!];
    state.seen = values.at(-1);
    const reason = this.#stopping!.judge(state.point.name, `${clone.step} ${place}`, values);
    if (reason === undefined || !mayStop || (state.status !== "running" && state.status !== "pending")) return;
    [state.status, state.reason] = ["stopped", reason];
    state.stop!.abort();
  }
}

/** How many runs are looked through for what a point took. */
const RUNS_SEARCHED = 20;

/** Points that were done in earlier sweeps of this pipeline, the newest of each. */
function earlierPoints({ recorder, memos }: Session): ReadonlyMap<string, PointRecord> {
  const found = new Map<string, PointRecord>();
  const journal = recorder.store?.journal;
  const runs = journal?.listRuns({ kind: "pipeline", name: memos.scope, limit: RUNS_SEARCHED }) ?? [];
  for (const { id, details } of runs) {
    if (id === recorder.run || details?.points === undefined) continue;
    for (const point of journal!.points(id)) {
      if (point.status === "done" && point.durationMs !== undefined && !found.has(point.point)) {
        found.set(point.point, point);
      }
    }
  }
  return found;
}
