/**
 * Runs and sweeps of loom as runs of MLflow.
 *
 * @module
 */

import type { PointRecord, RunRecord } from "../../ports/store.ts";
import type { MlflowRun } from "./run.ts";

/** What runs of MLflow are made of besides the run. */
export interface Exporting {
  /** SHA-256 of a text. */
  readonly digest: (text: string) => string;
  readonly user: string;
  /** The pipeline's file, as it is shown. */
  readonly source: string;
  /** When the first and the last step of a point began and ended, by its name. */
  readonly times: (point: PointRecord) => { readonly startedAt: number; readonly endedAt?: number };
}

/** The run of MLflow for a run, the same one at each export. */
export function mlflowRun(run: RunRecord, points: readonly PointRecord[], exporting: Exporting): MlflowRun {
  const { id, name, status, createdAt, endedAt, details, metrics = {} } = run;
  // What a sweep changes is told by its points.
  const swept = new Set(points.flatMap(({ values }) => Object.keys(values)));
  const own = Object.entries(details?.parameters ?? {}).filter(([name]) => !swept.has(name));
  return {
    id: mlflowId(id, exporting),
    name: id,
    status,
    startedAt: createdAt,
    endedAt,
    user: exporting.user,
    parameters: Object.fromEntries(own),
    metrics,
    tags: { ...commonTags(run, exporting), "mlflow.runName": `${name} ${id}` },
  };
}

/** The run of MLflow for a point, below that of its sweep. */
export function mlflowPoint(run: RunRecord, point: PointRecord, exporting: Exporting): MlflowRun {
  const name = point.point;
  return {
    id: mlflowId(`${run.id}:${name}`, exporting),
    name,
    status: point.status,
    ...exporting.times(point),
    user: exporting.user,
    parameters: { ...run.details?.parameters, ...point.values },
    metrics: point.metrics,
    tags: {
      ...commonTags(run, exporting),
      "mlflow.runName": name,
      "mlflow.parentRunId": mlflowId(run.id, exporting),
      "loom.point": String(point.number),
      ...(point.reason !== undefined && { "loom.reason": point.reason }),
    },
  };
}

function commonTags(
  { id, name, details }: RunRecord,
  { user, source }: Exporting,
): Readonly<Record<string, string>> {
  const git = details?.git;
  return {
    "mlflow.user": user,
    "mlflow.source.type": "LOCAL",
    "mlflow.source.name": source,
    ...(git !== undefined && { "mlflow.source.git.commit": git.commit, "loom.git.dirty": String(git.dirty) }),
    ...(details?.python !== undefined && { "loom.python": details.python }),
    "loom.pipeline": name,
    "loom.run": id,
  };
}

function mlflowId(id: string, { digest }: Exporting): string {
  return digest(`loom ${id}`).slice(0, 32);
}

/** The id of an experiment made for this name: a number of 18 digits, as MLflow's own are. */
export function experimentId(name: string, digest: (text: string) => string): string {
  const number = BigInt(`0x${digest(`loom experiment ${name}`).slice(0, 16)}`) % 10n ** 17n;
  return `1${number.toString().padStart(17, "0")}`;
}
