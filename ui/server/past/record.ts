/**
 * One run with all that is kept of it.
 *
 * @module
 */

import type { Context } from "../../../core/context.ts";
import { budgetLines, lookAt, lookDocument, usedPercent } from "../../../core/loop/look/mod.ts";
import type { AttemptRecord, Journal, PointRecord } from "../../../core/ports/store.ts";
import { repeatCommand } from "../../../core/report/mod.ts";
import type { RecordedRequest } from "../../../core/run/recorded_request.ts";
import type { Found } from "./kept.ts";
import { selectionText } from "./listed.ts";
import { logFile } from "../base/log_page.ts";
import { driverDocument, loopStandingOf, standingOf } from "../base/standing.ts";
import { type Json, plain } from "./plain.ts";

/** Attempts that are told of one run; a loop over files may have made more. */
const MOST_ATTEMPTS = 5000;

type PipelineFound = Extract<Found, { kind: "pipeline" }>;

/** A run of a pipeline. */
export function pipelineRecord({ run, store, project }: PipelineFound, context: Context, isLive: boolean) {
  const { journal } = store;
  const { status, elsewhere } = standingOf(run, { store, isOwn: isLive, context });
  const isCutOff = status !== run.status;
  const attempts = journal.attempts(run.id);
  const peaks = peaksOf(journal, run.id);
  const { parameters: overrides, include = [] } = run.request as Partial<RecordedRequest>;
  return {
    id: run.id,
    kind: "pipeline" as const,
    name: run.name,
    status,
    created_at: run.createdAt,
    ended_at: run.endedAt,
    duration_ms: run.durationMs,
    live: isLive,
    elsewhere: driverDocument(elsewhere, context),
    selection: selectionText(run.request),
    include: [...include],
    overrides: { ...overrides },
    parameters: plain(run.details?.parameters),
    metrics: plain(run.metrics),
    git: run.details?.git,
    python: run.details?.python,
    attempts: attempts.slice(0, MOST_ATTEMPTS).map((attempt) => ({
      ...attemptDocument(isCutOff && attempt.status === "running" ? { ...attempt, status: "lost" } : attempt),
      peak_bytes: peaks.get(`${attempt.step}\0${attempt.part}`),
      log_bytes: logBytes(attempt, project, context),
    })),
    attempts_cut: attempts.length > MOST_ATTEMPTS,
    points: journal.points(run.id).map((point) => pointDocument(isCutOff ? cutOff(point) : point)),
    repeat: repeatCommand(run.name, run).command,
  };
}

function peaksOf(journal: Journal, run: string): ReadonlyMap<string, number | undefined> {
  return new Map(journal.steps(run).map(({ step, part, peakBytes }) => [`${step}\0${part}`, peakBytes]));
}

function logBytes({ log }: AttemptRecord, project: string, context: Context): number | undefined {
  const file = log === undefined ? undefined : logFile(project, log, context);
  return file === undefined ? undefined : context.files.stat(file)?.sizeBytes;
}

function attemptDocument(attempt: AttemptRecord) {
  const { step, part, attempt: number, status, command, startedAt, durationMs, exitCode, signal, error } = attempt;
  return {
    step,
    part,
    attempt: number,
    status,
    command: [...command],
    started_at: startedAt,
    duration_ms: durationMs,
    exit_code: exitCode,
    signal,
    error,
  };
}

function pointDocument({ number, point, status, values, metrics, durationMs, reason }: PointRecord) {
  return { number, point, status, values: plain(values), metrics: plain(metrics), duration_ms: durationMs, reason };
}

/** A point of a run whose driver died. */
function cutOff(point: PointRecord): PointRecord {
  const isOpen = point.status === "pending" || point.status === "running";
  return isOpen ? { ...point, status: "cancelled", reason: "the run was cut off" } : point;
}

/** A run of a loop: its steps as `loom show --json` has them. */
export async function loopRecord({ run, loops }: Extract<Found, { kind: "loop" }>, context: Context) {
  const look = await lookAt(loops, run.id);
  const { status, elsewhere } = await loopStandingOf(run, loops, context);
  return {
    id: run.id,
    kind: "loop" as const,
    name: run.name,
    status,
    created_at: run.createdAt,
    duration_ms: run.activeMs,
    live: false,
    elsewhere: driverDocument(elsewhere, context),
    attempts: [],
    attempts_cut: false,
    points: [],
    loop: lookDocument(look) as { [name: string]: Json },
    budget: [...budgetLines(run)],
    used_percent: usedPercent(run),
  };
}
