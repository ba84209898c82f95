/**
 * One point of a stored sweep, for people and for programs.
 *
 * @module
 */

import { loggedAttempts, sideOf, type SideStep } from "../../../core/history/mod.ts";
import type { PointRecord, RunRecord, Store } from "../../../core/ports/store.ts";
import { durationText } from "./duration.ts";
import { attemptLines, detailLines, type PipelineRunStyle, valueLines } from "./pipeline_run.ts";
import { statusPaint } from "./run_status.ts";
import { tableLines } from "./table.ts";
import { timeText } from "./time.ts";

/** With what values it was done, what came of it, its steps one line each: those that other points have too as well. */
export function pointLines(
  run: RunRecord,
  point: PointRecord,
  { journal }: Store,
  style: PipelineRunStyle,
): readonly string[] {
  const { paint } = style;
  const { parameters, metrics, steps } = sideOf(run, point, journal);
  const took = point.durationMs === undefined ? "" : `  Took: ${durationText(point.durationMs)}`;
  return [
    `Run: ${paint.strong(`${run.id}:${point.number}`)}  Status: ${statusPaint(paint)(point.status)}${took}`,
    `Pipeline: ${run.name}  Begun: ${timeText(run.createdAt)}  Point: ${point.point}`,
    ...point.reason === undefined ? [] : [`Why: ${point.reason}`],
    ...detailLines(run),
    ...valueLines("Parameters", parameters),
    ...valueLines("Metrics", metrics),
    "",
    ...attemptLines(loggedAttempts({ run, point }, journal), journal.steps(run.id), style),
    ...passedLines(steps, style),
  ];
}

/** Steps of which nothing was tried: those found fresh, with the run that did them, and those left out. */
function passedLines(steps: readonly SideStep[], { paint }: PipelineRunStyle): readonly string[] {
  const rows = steps.filter(({ standing }) => standing === "fresh" || standing === "skipped").map((step) => {
    const [made] = step.made;
    return [step.name, statusPaint(paint)(step.standing), made === undefined ? "" : `done in run ${made.run}`];
  });
  return rows.length === 0 ? [] : ["", ...tableLines(rows)];
}

/** All that is known of it. */
export function pointDocument(run: RunRecord, record: PointRecord, { journal }: Store) {
  const { run: id, durationMs, exact: _exact, shared: _shared, ...point } = record;
  const { parameters, steps } = sideOf(run, record, journal);
  return {
    run: id,
    pipeline: run.name,
    ...point,
    duration_ms: durationMs,
    parameters,
    git: run.details?.git,
    python: run.details?.python,
    steps: steps.map(({ name, keptAs, standing, durationMs, peakBytes, made }) => ({
      step: name,
      kept_as: keptAs,
      status: standing,
      duration_ms: durationMs,
      peak_bytes: peakBytes,
      made: made.map(({ part, fingerprint, outputs, run }) => ({
        part,
        run,
        went_in: fingerprint,
        came_out: outputs,
      })),
    })),
  };
}
