/**
 * A run as it is seen while it goes on, made of its events: the same for those that come now and those that are kept.
 *
 * @module
 */

import type { RunEvent, RunStatus, StepDetail, StepPart } from "../../core/ports/events.ts";
import type { Metrics, Scalar } from "../../core/ports/store.ts";
import { endedOnceMore, innerKey, type RunCounts, sweptSteps } from "./run_steps.ts";

/** How a step stands in a run. */
export type StepStanding = "waiting" | "running" | "done" | "failed" | "skipped" | "cancelled";

/** One step of a run. */
export interface StepView {
  readonly standing: StepStanding;
  readonly startedAt?: number;
  readonly durationMs?: number;
  /** Exit code, signal, reason: in words. */
  readonly note?: string;
  /** Of a loop or repeated group: how many of its parts are over, and how many there are. */
  readonly parts?: number;
  readonly partsTotal?: number;
  readonly attempt?: number;
  readonly exitCode?: number;
  readonly kind?: StepDetail["kind"];
  /** It was skipped because nothing had to be done. */
  readonly isFresh?: boolean;
  /** Of a step of a repeated group: how long the newest iterations took. `durationMs` is that of all together. */
  readonly times?: readonly number[];
}

/** One stretch of work in a timeline. */
export interface Bar {
  readonly step: string;
  /** An item of a loop, or a step of an iteration. */
  readonly part?: string;
  /** Of those who work side by side, from 0. */
  readonly lane: number;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly standing: StepStanding;
}

/** One point of a sweep. */
export interface PointView {
  readonly point: string;
  readonly number: number;
  readonly status: string;
  readonly values: Readonly<Record<string, Scalar>>;
  readonly metrics: Metrics;
}

/** One run. */
export interface RunView {
  readonly id: string;
  /** Absolute path of the pipeline. */
  readonly name: string;
  readonly status: RunStatus;
  readonly total: number;
  readonly steps: ReadonlyMap<string, StepView>;
  /** Steps of repeated groups, by `innerKey`. */
  readonly inner?: ReadonlyMap<string, StepView>;
  /** Steps that are swept, by the names that the file gives them; `steps` has one for each point. */
  readonly swept?: ReadonlyMap<string, StepView>;
  /** When it has ended. */
  readonly counts?: RunCounts;
  readonly criticalPath: readonly string[];
  readonly startedAt: number;
  readonly durationMs?: number;
  /** Number of the newest event. */
  readonly seq: number;
  readonly parallel?: boolean;
  readonly bars?: readonly Bar[];
  readonly lanes?: number;
  /** Of a sweep. */
  readonly points?: ReadonlyMap<string, PointView>;
  readonly pointsTotal?: number;
  /** Warnings and hints, the newest last. */
  readonly notices?: readonly string[];
}

/** Notices that are remembered. */
const MOST_NOTICES = 200;

type Event<T extends RunEvent["type"]> = Extract<RunEvent, { type: T }>;

/** A run that is put together; events that were heard before change nothing. Output is not kept here. */
export class RunBuilder {
  readonly #id: string;
  readonly #steps = new Map<string, StepView>();
  readonly #inner = new Map<string, StepView>();
  readonly #bars: Bar[] = [];
  /** What is under way, by step and part. */
  readonly #open = new Map<string, number>();
  readonly #lanes: boolean[] = [];
  readonly #points = new Map<string, PointView>();
  readonly #notices: string[] = [];
  #head: Pick<RunView, "name" | "total" | "startedAt" | "parallel" | "pointsTotal"> | undefined;
  #end: Pick<RunView, "status" | "durationMs" | "criticalPath" | "counts"> = { status: "running", criticalPath: [] };
  #seq = 0;
  #made: RunView | undefined;

  constructor(id: string) {
    this.#id = id;
  }

  /** Number of the newest event. */
  get seq(): number {
    return this.#seq;
  }

  /** The run as it stands; `undefined` before it has begun. The same object until something changes. */
  view(): RunView | undefined {
    if (this.#head === undefined) return undefined;
    return this.#made ??= {
      id: this.#id,
      ...this.#head,
      ...this.#end,
      steps: new Map(this.#steps),
      inner: new Map(this.#inner),
      swept: this.#head.pointsTotal === undefined ? undefined : sweptSteps(this.#steps),
      bars: [...this.#bars],
      lanes: this.#lanes.length,
      points: new Map(this.#points),
      notices: [...this.#notices],
      seq: this.#seq,
    };
  }

  add(event: RunEvent): void {
    if (event.run !== this.#id || event.seq <= this.#seq || event.type === "output") return;
    this.#seq = event.seq;
    this.#made = undefined;
    switch (event.type) {
      case "run_started": {
        const { name, total, at, parallel, points } = event;
        this.#head = { name, total, startedAt: at, parallel, pointsTotal: points };
        return;
      }
      case "step_started":
        return this.#stepStarted(event);
      case "part_started":
        return this.#partStarted(event);
      case "part_finished":
        return this.#partFinished(event);
      case "step_retried":
        this.#finish(event.step, partName(event), { at: event.at, standing: "failed" });
        return;
      case "step_finished":
        return this.#stepFinished(event);
      case "part_skipped":
        return this.#setInner(event, (before) => ({ ...before, standing: "skipped", note: skipText(event.reason) }));
      case "step_skipped": {
        const isFresh = event.reason.cause === "fresh";
        this.#steps.set(event.step, { standing: "skipped", note: skipText(event.reason), ...(isFresh && { isFresh }) });
        return;
      }
      case "point_started":
        this.#points.set(event.point, { ...event, status: "running", metrics: {} });
        return;
      case "point_finished":
        this.#points.set(event.point, event);
        return;
      case "notice":
        this.#notices.push(event.hint === undefined ? event.message : `${event.message}; ${event.hint}`);
        if (this.#notices.length > MOST_NOTICES) this.#notices.shift();
        return;
      case "run_finished": {
        const { status, durationMs, criticalPath, succeeded, skipped, total } = event;
        this.#end = { status, durationMs, criticalPath, counts: { succeeded, skipped, total } };
      }
    }
  }

  #stepStarted({ step, at, attempt, detail }: Event<"step_started">): void {
    const before = this.#steps.get(step);
    const partsTotal = detail.kind === "loop" ? detail.items : undefined;
    this.#steps.set(step, {
      standing: "running",
      startedAt: before?.startedAt ?? at,
      attempt,
      kind: detail.kind,
      partsTotal,
    });
    // What a loop or a group does is seen in its parts.
    if (detail.kind === "task" || detail.kind === "condition") this.#begin(step, undefined, at);
  }

  #partStarted(event: Event<"part_started">): void {
    this.#begin(event.step, partName(event), event.at);
    this.#setInner(event, (before) => ({ ...before, standing: "running", startedAt: event.at }));
  }

  #partFinished(event: Event<"part_finished">): void {
    const { step, at, status, durationMs } = event;
    const standing = status === "fresh" ? "done" : status;
    this.#finish(step, partName(event), { at, standing });
    this.#setInner(event, (before) => endedOnceMore(before, { standing, durationMs }));
    const known = this.#steps.get(step) ?? { standing: "running" };
    this.#steps.set(step, { ...known, parts: (known.parts ?? 0) + 1 });
  }

  #stepFinished({ step, at, status, durationMs, exitCode, signal, error, result }: Event<"step_finished">): void {
    this.#finish(step, undefined, { at, standing: status });
    const note = error ?? signal ?? (exitCode === undefined || exitCode === 0 ? result : `exit code ${exitCode}`);
    this.#steps.set(step, { ...this.#steps.get(step), standing: status, durationMs, exitCode, note });
  }

  #setInner(
    { step, inner }: StepPart & { readonly step: string },
    change: (before: StepView | undefined) => StepView,
  ): void {
    if (inner === undefined) return;
    const key = innerKey(step, inner);
    this.#inner.set(key, change(this.#inner.get(key)));
  }

  #begin(step: string, part: string | undefined, at: number): void {
    const key = keyOf(step, part);
    // A try that follows another one goes on in its lane.
    const free = this.#lanes.indexOf(false);
    const lane = free < 0 ? this.#lanes.length : free;
    this.#lanes[lane] = true;
    this.#open.set(key, this.#bars.length);
    this.#bars.push({ step, part, lane, startedAt: at, standing: "running" });
  }

  #finish(
    step: string,
    part: string | undefined,
    { at, standing }: { readonly at: number; readonly standing: StepStanding },
  ): void {
    const key = keyOf(step, part);
    const index = this.#open.get(key);
    if (index === undefined) return;
    this.#open.delete(key);
    const bar = this.#bars[index];
    this.#lanes[bar.lane] = false;
    this.#bars[index] = { ...bar, endedAt: at, standing };
  }
}

/** A run whose driver died before it could say so: what was under way is so no more. */
export function cutOff(view: RunView, end: Pick<RunView, "status" | "durationMs">): RunView {
  const ended = <T extends { readonly standing: StepStanding }>(it: T): T =>
    it.standing === "running" ? { ...it, standing: "cancelled" } : it;
  const allEnded = (steps: ReadonlyMap<string, StepView> = new Map()) =>
    new Map([...steps].map(([name, step]) => {
      return [name, step.standing === "running" ? { ...ended(step), note: "the run was cut off" } : step] as const;
    }));
  const [steps, inner] = [allEnded(view.steps), allEnded(view.inner)];
  const swept = view.swept && sweptSteps(steps);
  return { ...view, ...end, steps, inner, swept, bars: view.bars?.map(ended) };
}

/** A run of events that are all there. */
export function runViewOf(id: string, events: Iterable<RunEvent>): RunView | undefined {
  const builder = new RunBuilder(id);
  for (const event of events) builder.add(event);
  return builder.view();
}

function keyOf(step: string, part: string | undefined): string {
  return `${step}\0${part ?? ""}`;
}

function partName({ item, iteration, inner }: StepPart): string | undefined {
  if (item !== undefined) return item.name;
  if (inner !== undefined) return iteration === undefined ? inner : `${iteration}/${inner}`;
  return undefined;
}

/** Why a step was left out, in words. */
export function skipText(reason: Event<"step_skipped">["reason"]): string {
  switch (reason.cause) {
    case "fresh":
      return "fresh";
    case "failed":
      return `${reason.dependencies.join(", ")} failed`;
    case "skipped":
      return `${reason.dependency} was skipped`;
    case "condition":
      return "its condition is not met";
    case "when":
      return "its when is not true";
    case "stopped":
      return reason.why;
    case "cancelled":
      return "cancelled";
  }
}
