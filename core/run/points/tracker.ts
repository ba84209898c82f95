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
import { exactTexts } from "../session/typed_text.ts";
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
interface State extends Pick<PointRecord, "values" | "exact"> {
  readonly point: Point;
  /** Names of its steps in this run, those that other points have too among them. */
  readonly clones: string[];
  /** Steps that have not ended. */
  left: number;
  status: PointRecord["status"];
  reason?: string;
  /** Of the steps that ran. */
  durationMs: number;
  hasRun: boolean;
  /** Whether its beginning was told. */
  isTold: boolean;
  /** The last value of what it is judged by. */
  seen?: Scalar;
  /** Steps that left what they should. */
  readonly done: Step[];
}

/** Follows the points of one run. */
export class PointTracker {
  readonly #session: Session;
  readonly #sweep: Sweep;
  readonly #steps: ReadonlyMap<string, Step>;
  readonly #states = new Map<string, State>();
  /** By step: what ends it alone. */
  readonly #stops = new Map<string, AbortController>();
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
      for (const point of sweep.clones.get(name)?.points ?? []) {
        const state = this.#stateOf(point);
        state.left++;
        state.clones.push(name);
      }
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
    const states = this.#find(step);
    if (states.length === 0) return;
    this.#watch?.add(step, sourcesOf(this.#steps.get(step)!, this.#session));
    for (const state of states) state.hasRun = true;
    // A step that many points have is that of the first of them, as far as one looks on.
    this.#tellBegun(states[0]);
  }

  #tellBegun(state: State): void {
    if (state.isTold) return;
    state.isTold = true;
    if (state.status === "pending") state.status = "running";
    const { point: { name: point, number }, values } = state;
    this.#keep(state, {});
    const total = this.#sweep.points.length;
    this.#session.recorder.emit({ type: "point_started", point, number, total, values });
  }

  /** A step has ended, however it did. */
  ended(step: string, { ended, durationMs, why }: PointStepEnd): void {
    this.#watch?.remove(step);
    this.#stops.delete(step);
    const hasMade = ended === "done" || ended === "fresh" || ended === "tolerated";
    if (hasMade) this.#judgeEnd(step, ended !== "fresh");
    for (const state of this.#find(step)) this.#endedFor(state, step, { ended, durationMs, why });
  }

  #endedFor(state: State, step: string, { ended, durationMs = 0, why }: PointStepEnd): void {
    state.durationMs += durationMs;
    state.left--;
    if (ended === "done" || ended === "fresh" || ended === "tolerated") {
      state.done.push(this.#steps.get(step)!);
    } else if (ended === "failed" || ended === "blocked") {
      this.#worsen(state, "failed", why === undefined ? undefined : `${this.#sweep.clones.get(step)!.step}: ${why}`);
    } else if (ended === "cancelled") this.#worsen(state, "cancelled", undefined);
    if (state.left === 0) this.#finish(state);
  }

  /** Why a step is not worth doing, for all points that have it are ended early; `undefined`: it is. */
  stoppedBecause(step: string): string | undefined {
    const states = this.#find(step);
    return states.every(({ status }) => status === "stopped") ? states[0]?.reason : undefined;
  }

  /** The session to run a step with: it can be ended alone. */
  sessionOf(step: string): Session {
    if (this.#stopping === undefined || this.#find(step).length === 0) return this.#session;
    const { control } = this.#session;
    const stop = new AbortController();
    this.#stops.set(step, stop);
    return { ...this.#session, control: { ...control, signal: AbortSignal.any([control.signal, stop.signal]) } };
  }

  /** Nothing more happens. */
  end(): void {
    this.#watch?.end();
    this.#unread.end();
  }

  /** The points that have a step, in order. */
  #find(step: string): readonly State[] {
    return this.#sweep.clones.get(step)?.points.map(({ name }) => this.#states.get(name)!) ?? [];
  }

  #stateOf(point: Point): State {
    let state = this.#states.get(point.name);
    if (state === undefined) {
      const { secrets } = this.#session;
      const pairs = [...point.values].map(([key, value]) => [key, keptValue(key, value, secrets)]);
      const values = Object.fromEntries(pairs);
      const exact = exactTexts(point.values);
      const fresh = { left: 0, status: "pending", durationMs: 0, hasRun: false, isTold: false } as const;
      state = { point, values, exact, clones: [], done: [], ...fresh };
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
    const fresh = status === "done" && !state.hasRun ? true : undefined;
    this.#session.recorder.emit({
      ...{ type: "point_finished", point, number, total, status, values, metrics, durationMs, reason, fresh },
    });
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
    const { point: { name: point, number }, values, exact, status, reason } = state;
    const { run } = this.#session.recorder;
    const shared = state.clones.filter((name) => this.#sweep.clones.get(name)!.place !== point);
    const durationMs = state.hasRun ? state.durationMs : this.#earlierDuration(state);
    const record: PointRecord = {
      ...{ run, point, number, values, status, metrics },
      ...(exact !== undefined && { exact }),
      ...(shared.length > 0 && { shared }),
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

  #judgeEnd(step: string, isNew: boolean): void {
    if (this.#stopping === undefined) return;
    sourcesOf(this.#steps.get(step)!, this.#session).forEach(({ path }, at) => {
      const found = readMetrics(path, this.#session.context.files, { isWhole: true });
      if ("problem" in found) return;
      const { metric } = this.#stopping!;
      const values = found.series.get(metric) ?? (metric in found.values ? [found.values[metric]] : []);
      // At its last step a point has nothing left that could be spared, and what was done before stays done.
      if (values.length > 0) this.#judge(step, String(at), values, ({ left }) => isNew && left > 1);
    });
  }

  #judge(step: string, place: string, values: readonly Scalar[], mayEnd = (_: State) => true): void {
    const [states, clone] = [this.#find(step), this.#sweep.clones.get(step)!];
    for (const state of states) state.seen = values.at(-1);
    // Points that have the step in common have its values in common: they count once.
    const reason = this.#stopping!.judge(clone.place, `${clone.step} ${place}`, values);
    if (reason === undefined) return;
    const isOpen = ({ status }: State) => status === "running" || status === "pending";
    for (const state of states) if (isOpen(state) && mayEnd(state)) this.#stop(state, reason);
  }

  #stop(state: State, reason: string): void {
    [state.status, state.reason] = ["stopped", reason];
    for (const name of state.clones) if (this.stoppedBecause(name) !== undefined) this.#stops.get(name)?.abort();
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
