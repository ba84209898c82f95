import type { RunEvent } from "../ports/events.ts";
import type { AttemptRecord, Journal, Metrics, PointRecord, RunRecord, Scalar, StepRecord } from "../ports/store.ts";
import type { Fingerprint } from "../run/fresh/fingerprint.ts";
import { namesSeenFrom } from "./address.ts";

/** How a step stands in a run. */
export type StepStanding = "done" | "failed" | "cancelled" | "fresh" | "skipped" | "running";

/** What went into a step, or into one part of it, and what came out. */
export interface Made {
  readonly part: string;
  readonly fingerprint: Fingerprint;
  /** Path from the base directory to digest. */
  readonly outputs: readonly (readonly [path: string, digest: string])[];
  /** The run that did it: an earlier one where it was found fresh. */
  readonly run: string;
}

/** One step of a run. */
export interface SideStep {
  /** Without the mark of the point. */
  readonly name: string;
  /** As it is called in what is kept. */
  readonly keptAs: string;
  readonly standing: StepStanding;
  readonly durationMs?: number;
  readonly peakBytes?: number;
  /** Empty where nothing was kept. */
  readonly made: readonly Made[];
}

/** A run, or one point of a sweep, with all that can be compared. */
export interface Side {
  readonly run: RunRecord;
  readonly point?: PointRecord;
  readonly parameters: Readonly<Record<string, Scalar>>;
  readonly metrics: Metrics;
  /** In the order in which their turn came. */
  readonly steps: readonly SideStep[];
}

/** Gathers what is kept of a run, or of one of its points. */
export function sideOf(run: RunRecord, point: PointRecord | undefined, journal: Journal): Side {
  return {
    run,
    point,
    parameters: { ...run.details?.parameters, ...point?.values },
    metrics: point?.metrics ?? run.metrics ?? {},
    steps: stepsOf(run, point, journal),
  };
}

function stepsOf(run: RunRecord, point: PointRecord | undefined, journal: Journal): readonly SideStep[] {
  const seen = namesSeenFrom(point, point === undefined ? [] : journal.points(run.id));
  const own = groupedBy(journal.steps(run.id), ({ step }) => step);
  const attempts = groupedBy(journal.attempts(run.id), ({ step }) => step);
  return [...standings(journal.events(run.id))].flatMap(([step, { standing, durationMs }]) => {
    const name = seen(step);
    if (name === undefined) return [];
    const records = own.get(step) ?? [];
    const peaks = records.flatMap(({ peakBytes }) => peakBytes ?? []);
    const made = recordsOf(step, { run, standing, records, attempts: attempts.get(step) ?? [] }, journal).map(madeOf);
    return [{
      name,
      keptAs: step,
      standing,
      durationMs,
      peakBytes: peaks.length === 0 ? undefined : Math.max(...peaks),
      made,
    }];
  });
}

interface Standing {
  readonly standing: StepStanding;
  readonly durationMs?: number;
}

function standings(events: readonly RunEvent[]): ReadonlyMap<string, Standing> {
  const found = new Map<string, Standing>();
  for (const event of events) {
    if (event.type === "step_started") found.set(event.step, { standing: "running" });
    if (event.type === "step_finished") {
      found.set(event.step, { standing: event.status, durationMs: event.durationMs });
    }
    if (event.type === "step_skipped") {
      found.set(event.step, { standing: event.reason.cause === "fresh" ? "fresh" : "skipped" });
    }
  }
  return found;
}

interface Known extends Standing {
  readonly run: RunRecord;
  /** Of this run. */
  readonly records: readonly StepRecord[];
  readonly attempts: readonly AttemptRecord[];
}

/** Records of this run, and of earlier ones for what it passed over. */
function recordsOf(step: string, known: Known, journal: Journal): readonly StepRecord[] {
  const { run, standing, records, attempts } = known;
  const hasParts = records.some(({ part }) => part !== "") || attempts.some(({ part }) => part !== "");
  if (standing !== "fresh" && !hasParts) return records;
  const own = new Set(records.map(({ part }) => part));
  // What was tried in this run and left no record is not known: not what an earlier run made.
  const lost = new Set(attempts.map(({ part }) => part).filter((part) => !own.has(part)));
  const last = journal.lastSteps({ name: run.name, step, at: run.createdAt });
  return last.filter(({ part }) => !lost.has(part) && (!hasParts || part !== ""));
}

function madeOf({ part, fingerprint, outputs, run }: StepRecord): Made {
  return { part, fingerprint: JSON.parse(fingerprint), outputs: JSON.parse(outputs), run };
}

function groupedBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
