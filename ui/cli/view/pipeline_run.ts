/**
 * A stored run of a pipeline, for people and for programs.
 *
 * @module
 */

import type { AttemptRecord, RunRecord, Store } from "../../../core/ports/store.ts";
import type { Palette } from "./colors.ts";
import { durationText } from "./duration.ts";
import { statusPaint } from "./run_status.ts";
import { tableLines } from "./table.ts";
import { fit } from "./text_width.ts";
import { timeText } from "./time.ts";

/** A JSON object. */
type Document = Readonly<Record<string, unknown>>;

const ERROR_CELLS = 60;

/** Its steps and their parts, one line each; the newest attempt of each counts. `logs`: folder in which they lie. */
export function pipelineLines(
  run: RunRecord,
  attempts: readonly AttemptRecord[],
  { paint, logs }: { readonly paint: Palette; readonly logs: string },
): readonly string[] {
  const status = statusPaint(paint);
  const rows = attempts.map((attempt) => attemptCells(attempt, status, logs));
  const took = run.durationMs === undefined ? "" : `  Took: ${durationText(run.durationMs)}`;
  return [
    `Run: ${paint.strong(run.id)}  Status: ${status(run.status)}`,
    `Pipeline: ${run.name}  Begun: ${timeText(run.createdAt)}${took}`,
    "",
    ...(rows.length === 0 ? ["No steps were run."] : tableLines([HEADINGS, ...rows])),
  ];
}

const HEADINGS = ["STEP", "TRY", "STATUS", "TIME", "EXIT", "LOG", "ERROR"];

function attemptCells(
  { step, part, attempt, status, durationMs, exitCode, signal, log, error }: AttemptRecord,
  paint: (status: string) => string,
  logs: string,
): readonly string[] {
  return [
    part === "" ? step : `${step} ${part}`,
    String(attempt),
    paint(status),
    durationMs === undefined ? "-" : durationText(durationMs),
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
  const { id, kind, name, status, createdAt, endedAt, durationMs, request, source } = run;
  return {
    ...{ id, kind, name, status },
    created_at: isoTime(createdAt),
    ended_at: endedAt === undefined ? undefined : isoTime(endedAt),
    duration_ms: durationMs,
    request,
    source,
    attempts: journal.attempts(id).map(attemptDocument),
    events: journal.events(id).map(({ at, ...event }) => ({ ...event, event: event.type, at: isoTime(at) })),
  };
}

function attemptDocument(attempt: AttemptRecord): Document {
  const { run: _run, startedAt, durationMs, exitCode, ...rest } = attempt;
  return { ...rest, started_at: isoTime(startedAt), duration_ms: durationMs, exit_code: exitCode };
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
