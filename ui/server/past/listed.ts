/**
 * The history, line by line.
 *
 * @module
 */

import type { Context } from "../../../core/context.ts";
import { usedPercent } from "../../../core/loop/look/mod.ts";
import type { LoopRow, LoopStore } from "../../../core/ports/loop_store.ts";
import type { z } from "@hono/zod-openapi";
import type { RunRecord, Scalar, Store } from "../../../core/ports/store.ts";
import type { RecordedRequest } from "../../../core/run/recorded_request.ts";
import type { ListedRunSchema } from "../schemas/history.ts";
import { driverDocument, loopStandingOf, standingOf } from "../base/standing.ts";
import { plain } from "./plain.ts";

/** One line. */
export type ListedRun = z.infer<typeof ListedRunSchema>;

const NANO_PER_USD = 1e9;

/** What of a pipeline was run, in words; `undefined`: all of it. */
export function selectionText(request: RunRecord["request"]): string | undefined {
  const { selection, matrix } = request as Partial<RecordedRequest>;
  const swept = matrix === undefined ? undefined : "sweep";
  switch (selection?.mode) {
    case "steps":
      return selection.names.join(", ");
    case "from":
      return `from ${selection.name}`;
    case "until":
      return `until ${selection.names.join(", ")}`;
    case "group":
      return `group ${selection.name}`;
    default:
      return swept;
  }
}

/** Parameters that differ from those of the run before. */
export function changedSince(before: RunRecord | undefined, after: RunRecord): ListedRun["changed"] {
  const [old, now] = [before?.details?.parameters, after.details?.parameters];
  if (old === undefined || now === undefined) return [];
  return [...new Set([...Object.keys(now), ...Object.keys(old)])].filter((name) => !Object.is(old[name], now[name]))
    .map((name) => ({ name, ...given("before", old[name]), ...given("after", now[name]) }));
}

function given(name: "before" | "after", value: Scalar | undefined) {
  return value === undefined ? {} : { [name]: value };
}

/** A run of a pipeline as a line. */
export function listedPipeline(
  run: RunRecord,
  { before, isLive, store, context }: {
    readonly before?: RunRecord;
    readonly isLive: boolean;
    readonly store: Store;
    readonly context: Context;
  },
): ListedRun {
  const { id, name, createdAt, durationMs, details, metrics, request } = run;
  const { status, elsewhere } = standingOf(run, { store, isOwn: isLive, context });
  return {
    id,
    kind: "pipeline",
    name,
    status,
    created_at: createdAt,
    duration_ms: durationMs,
    points: details?.points,
    selection: selectionText(request),
    changed: changedSince(before, run),
    metrics: plain(metrics),
    commit: details?.git && `${details.git.commit.slice(0, 12)}${details.git.dirty ? "+" : ""}`,
    live: isLive,
    elsewhere: driverDocument(elsewhere, context),
  };
}

/** A run of a loop as a line. */
export async function listedLoop(run: LoopRow, loops: LoopStore, context: Context): Promise<ListedRun> {
  const { id, name, createdAt, activeMs, steps, spentNano, best } = run;
  const { status, elsewhere } = await loopStandingOf(run, loops, context);
  return {
    id,
    kind: "loop",
    name,
    status,
    created_at: createdAt,
    duration_ms: activeMs,
    steps,
    changed: [],
    cost_usd: spentNano / NANO_PER_USD,
    best: best?.score,
    live: false,
    elsewhere: driverDocument(elsewhere, context),
    used_percent: usedPercent(run),
  };
}
