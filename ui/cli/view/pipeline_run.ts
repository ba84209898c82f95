/**
 * A stored run of a pipeline, for people and for programs.
 *
 * @module
 */

import type { AttemptRecord, PointRecord, RunRecord, Scalar, StepRecord, Store } from "../../../core/ports/store.ts";
import { bytesText } from "./bytes.ts";
import type { Palette } from "./colors.ts";
import { scalarText } from "./diff_values.ts";
import { durationText } from "./duration.ts";
import { statusPaint } from "./run_status.ts";
import { tableLines } from "./table.ts";
import { fit } from "./text_width.ts";
import { timeText } from "./time.ts";

/** A JSON object. */
type Document = Readonly<Record<string, unknown>>;

const ERROR_CELLS = 60;

/** How it is shown. */
export interface PipelineRunStyle {
  readonly paint: Palette;
  /** Folder in which the logs lie. */
  readonly logs: string;
}

/** With what it was run, its steps and their parts, one line each; the newest attempt of each counts. */
export function pipelineLines(run: RunRecord, { journal }: Store, style: PipelineRunStyle): readonly string[] {
  const { paint } = style;
  const status = statusPaint(paint);
  const took = run.durationMs === undefined ? "" : `  Took: ${durationText(run.durationMs)}`;
  const points = journal.points(run.id);
  return [
    `Run: ${paint.strong(run.id)}  Status: ${status(run.status)}`,
    `Pipeline: ${run.name}  Begun: ${timeText(run.createdAt)}${took}`,
    ...detailLines(run),
    ...valueLines("Parameters", run.details?.parameters),
    ...valueLines("Metrics", run.metrics),
    ...(points.length === 0 ? [] : [sweepLine(run, points)]),
    "",
    ...attemptLines(journal.attempts(run.id), journal.steps(run.id), style),
  ];
}

/** The commit, and the version of Python. */
export function detailLines({ details }: RunRecord): readonly string[] {
  const { git, python } = details ?? {};
  const commit = git === undefined ? [] : [`Commit: ${git.commit}${git.dirty ? ", with changes" : ""}`];
  const facts = [...commit, ...(python === undefined ? [] : [`Python: ${python}`])];
  return facts.length === 0 ? [] : [facts.join("  ")];
}

/** Names with their values, on one line. */
export function valueLines(title: string, values: Readonly<Record<string, Scalar>> = {}): readonly string[] {
  const texts = Object.entries(values).map(([name, value]) => `${name}=${scalarText(value)}`);
  return texts.length === 0 ? [] : [`${title}: ${texts.join("  ")}`];
}

function sweepLine({ id }: RunRecord, points: readonly PointRecord[]): string {
  const counts = new Map<string, number>();
  for (const { status } of points) counts.set(status, (counts.get(status) ?? 0) + 1);
  const words = [...counts].map(([status, count]) => `${count} ${status}`).join(", ");
  return `Sweep: ${points.length} points, ${words}; loom table ${id} shows them`;
}

/** An attempt as far as a row shows it; `name` is shown in place of what its step is kept under. */
type ShownAttempt = Omit<AttemptRecord, "run" | "command" | "pid"> & { readonly name?: string };

/** A row for each attempt, under headings. */
export function attemptLines(
  attempts: readonly ShownAttempt[],
  steps: readonly StepRecord[],
  style: PipelineRunStyle,
): readonly string[] {
  if (attempts.length === 0) return ["No steps were run."];
  const peaks = new Map(steps.map(({ step, part, peakBytes }) => [`${step}\0${part}`, peakBytes]));
  const hasPeaks = [...peaks.values()].some((bytes) => bytes !== undefined);
  const rows = attempts.map((attempt) => {
    const bytes = attempt.status === "done" ? peaks.get(`${attempt.step}\0${attempt.part}`) : undefined;
    return attemptCells(attempt, hasPeaks ? [bytes === undefined ? "-" : bytesText(bytes)] : [], style);
  });
  const headings = ["STEP", "TRY", "STATUS", "TIME", ...(hasPeaks ? ["PEAK"] : []), "EXIT", "LOG", "ERROR"];
  return tableLines([headings, ...rows]);
}

function attemptCells(
  { step, name = step, part, attempt, status, durationMs, exitCode, signal, log, error }: ShownAttempt,
  peak: readonly string[],
  { paint, logs }: PipelineRunStyle,
): readonly string[] {
  return [
    part === "" ? name : `${name} ${part}`,
    String(attempt),
    statusPaint(paint)(status),
    durationMs === undefined ? "-" : durationText(durationMs),
    ...peak,
    signal ?? exitCode?.toString() ?? "-",
    log === undefined ? "-" : `${logs}${log}`,
    error === undefined ? "" : fit(error.split("\n")[0], ERROR_CELLS),
  ];
}

/** All that is known of it. */
export function pipelineDocument(run: RunRecord, { journal }: Store): Document & {
  readonly attempts: readonly Document[];
  readonly events: readonly Document[];
} {
  const { id, kind, name, status, createdAt, endedAt, durationMs, request, source, details, metrics } = run;
  const points = journal.points(id);
  return {
    ...{ id, kind, name, status },
    created_at: isoTime(createdAt),
    ended_at: endedAt === undefined ? undefined : isoTime(endedAt),
    duration_ms: durationMs,
    request,
    source,
    parameters: details?.parameters,
    git: details?.git,
    python: details?.python,
    metrics,
    points: points.length === 0 ? undefined : points.map(pointDocument),
    steps: journal.steps(id).map(stepDocument),
    attempts: journal.attempts(id).map(attemptDocument),
    events: journal.events(id).map(({ at, ...event }) => ({ ...event, event: event.type, at: isoTime(at) })),
  };
}

function attemptDocument(attempt: AttemptRecord): Document {
  const { run: _run, startedAt, durationMs, exitCode, ...rest } = attempt;
  return { ...rest, started_at: isoTime(startedAt), duration_ms: durationMs, exit_code: exitCode };
}

function pointDocument({ run: _run, durationMs, exact: _exact, shared: _shared, ...point }: PointRecord): Document {
  return { ...point, duration_ms: durationMs };
}

function stepDocument({ run: _run, fingerprint, outputs, peakBytes, ...step }: StepRecord): Document {
  return { ...step, peak_bytes: peakBytes, went_in: JSON.parse(fingerprint), came_out: JSON.parse(outputs) };
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
