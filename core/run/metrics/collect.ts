/**
 * The metrics of a run or a point: which files hold them, and what is in those.
 *
 * @module
 */

import type { Step } from "../../graph/pipeline.ts";
import { resolvePath } from "../../graph/resolve.ts";
import { basename, extension, relativePath } from "../../paths.ts";
import type { Metrics, Scalar } from "../../ports/store.ts";
import type { Session } from "../session/session.ts";
import { type MetricsFound, readMetrics } from "./read.ts";

/** A file that holds metrics. */
export interface MetricsSource {
  /** Absolute. */
  readonly path: string;
  /** The step that says so; absent where the whole pipeline does. */
  readonly step?: string;
}

/** Files that a step names, those of its inner steps too. */
export function sourcesOf(step: Step, session: Pick<Session, "pipeline" | "context">): readonly MetricsSource[] {
  const tasks = step.kind === "task" ? [step] : step.kind === "repeated" ? step.steps : [];
  return tasks.flatMap((task) => sourcesIn(task.metrics, session).map((source) => ({ ...source, step: step.name })));
}

/** Files that texts name. What cannot be told has stopped the run before it began. */
export function sourcesIn(
  texts: readonly string[],
  { pipeline, context: { env } }: Pick<Session, "pipeline" | "context">,
): readonly MetricsSource[] {
  return texts.flatMap((text) => {
    const resolved = resolvePath(pipeline, text, { env, role: "input" });
    return resolved.kind === "path" ? [{ path: resolved.path }] : [];
  });
}

/** Hears of a file that could not be read. */
export type OnUnread = (source: MetricsSource, problem: Extract<MetricsFound, { problem: string }>) => void;

/**
 * What the files hold, together. A name that an earlier file has already is told by its file: `other.acc`. A file that
 * is named twice is read once.
 */
export function collectMetrics(
  sources: readonly MetricsSource[],
  { context: { files } }: Pick<Session, "context">,
  onUnread: OnUnread,
): Metrics {
  const metrics = new Map<string, Scalar>();
  const seen = new Set<string>();
  for (const source of sources) {
    if (seen.has(source.path)) continue;
    seen.add(source.path);
    const found = readMetrics(source.path, files, { isWhole: true });
    if ("problem" in found) {
      onUnread(source, found);
      continue;
    }
    for (const [name, value] of Object.entries(found.values)) {
      metrics.set(metrics.has(name) ? `${stemOf(source.path)}.${name}` : name, value);
    }
  }
  return Object.fromEntries(metrics);
}

/** What these steps and the pipeline itself measured. `isWhole: false`: files of the pipeline may well not be there. */
export function runMetrics(steps: readonly Step[], isWhole: boolean, session: Session): Metrics {
  const own = steps.flatMap((step) => [...sourcesOf(step, session)]);
  const unread = new UnreadMetrics(session);
  return collectMetrics([...own, ...sourcesIn(session.pipeline.metrics, session)], session, (source, problem) => {
    const isExpected = source.step !== undefined || isWhole || problem.code === "metrics-broken";
    if (isExpected) unread.tell(source, problem, source.step);
  });
}

function stemOf(path: string): string {
  return basename(path).slice(0, -extension(path).length || undefined);
}

/** Warns of metrics that could not be read, each file of a step once however many points have it. */
export class UnreadMetrics {
  readonly #session: Session;
  /** By step and name of the file: how many were not told. */
  readonly #more = new Map<string, number>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Tells of one. `step` is the step as the file has it. */
  tell({ path }: MetricsSource, { problem, code }: { problem: string; code: string }, step: string | undefined): void {
    const { pipeline, recorder } = this.#session;
    const key = JSON.stringify([step, basename(path), code]);
    const count = this.#more.get(key);
    this.#more.set(key, (count ?? -1) + 1);
    if (count !== undefined) return;
    const who = step === undefined ? "The pipeline" : `Step "${step}"`;
    const message = `${who} has metrics in ${relativePath(path, pipeline.baseDir)}, which ${problem}`;
    recorder.emit({ type: "notice", level: "warning", code, message, step });
  }

  /** Tells how many more there were. */
  end(): void {
    for (const [key, count] of this.#more) {
      const [step, name, code] = JSON.parse(key) as [string | null, string, string];
      if (count === 0) continue;
      const who = step === null ? "The pipeline" : `Step "${step}"`;
      const message = `${who} could not be read for its metrics at ${count} more point(s): ${name}`;
      this.#session.recorder.emit({ type: "notice", level: "warning", code, message, step: step ?? undefined });
    }
  }
}
