/**
 * A run as it is seen while it goes on, made of its events: the same for those that come now and those that are kept.
 *
 * @module
 */

import type { RunEvent, RunStatus } from "../../core/ports/events.ts";

/** How a step stands in a run. */
export type StepStanding = "waiting" | "running" | "done" | "failed" | "skipped" | "cancelled";

/** One step of a run. */
export interface StepView {
  readonly standing: StepStanding;
  readonly startedAt?: number;
  readonly durationMs?: number;
  /** Exit code, signal, reason: in words. */
  readonly note?: string;
  /** Of a loop or repeated group: how many of its parts are over. */
  readonly parts?: number;
}

/** One run. */
export interface RunView {
  readonly id: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly total: number;
  readonly steps: ReadonlyMap<string, StepView>;
  readonly criticalPath: readonly string[];
  readonly startedAt: number;
  readonly durationMs?: number;
  /** Number of the newest event. */
  readonly seq: number;
}

/** The run after one more event; events that were heard before change nothing. Output is not kept here. */
export function afterEvent(view: RunView | undefined, event: RunEvent): RunView | undefined {
  if (event.type === "run_started") return begun(event);
  if (view === undefined || event.run !== view.id || event.seq <= view.seq) return view;
  const next = { ...view, seq: event.seq };
  switch (event.type) {
    case "step_started":
      return withStep(next, event.step, { standing: "running", startedAt: event.at });
    case "part_finished":
      return withStep(next, event.step, {
        ...stepOf(next, event.step),
        parts: (stepOf(next, event.step).parts ?? 0) + 1,
      });
    case "step_finished": {
      const { status, durationMs, exitCode, signal, error, result } = event;
      const note = error ?? signal ?? (exitCode === undefined || exitCode === 0 ? result : `exit code ${exitCode}`);
      return withStep(next, event.step, { ...stepOf(next, event.step), standing: status, durationMs, note });
    }
    case "step_skipped":
      return withStep(next, event.step, { standing: "skipped", note: event.reason.cause });
    case "run_finished":
      return { ...next, status: event.status, durationMs: event.durationMs, criticalPath: event.criticalPath };
    default:
      return next;
  }
}

function begun({ run, name, total, at, seq }: Extract<RunEvent, { type: "run_started" }>): RunView {
  return { id: run, name, status: "running", total, steps: new Map(), criticalPath: [], startedAt: at, seq };
}

function stepOf(view: RunView, step: string): StepView {
  return view.steps.get(step) ?? { standing: "running" };
}

function withStep(view: RunView, name: string, step: StepView): RunView {
  return { ...view, steps: new Map(view.steps).set(name, step) };
}
