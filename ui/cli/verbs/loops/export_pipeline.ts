/**
 * Runs of pipelines for other programs.
 *
 * @module
 */

import { LoomError } from "../../../../core/errors.ts";
import { joinPath, quotePosix } from "../../../../core/graph/mod.ts";
import type { Exported } from "../../../../core/loop/look/mod.ts";
import type { RunRecord, Store } from "../../../../core/ports/store.ts";
import {
  csvText,
  pointTable,
  resultDocument,
  resultOfPoint,
  resultOfRun,
  runTable,
} from "../../../../core/report/table/mod.ts";
import { exportToMlflow, type MlflowExported } from "../../../../core/report/mlflow/mod.ts";
import type { Place } from "../../base/place.ts";
import { pipelineDocument } from "../../view/pipeline_run.ts";
import { displayPath } from "../../view/problems.ts";

/** Where MLflow looks for a file store. */
const USUAL_FOLDER = "mlruns";

/** Paths that are named of many. */
const NAMED = 5;

const MIB = 1024 * 1024;

/** The run with its parameters and metrics, then what happened. Points of a sweep are among the run's own members. */
export function* pipelineParts(run: RunRecord, store: Store): Iterable<Exported> {
  const { attempts, events, ...document } = pipelineDocument(run, store);
  const points = store.journal.points(run.id).map(resultOfPoint).map(resultDocument);
  const { parameters = {}, git, python } = run.details ?? {};
  const known = { parameters, metrics: run.metrics ?? {}, git, python, points: points.length > 0 ? points : undefined };
  yield { type: "run", document: { ...document, ...known } };
  for (const document of attempts) yield { type: "attempt", document };
  for (const document of events) yield { type: "event", document };
}

/** The table of a sweep's points, or the run as one row. */
export function pipelineCsv(run: RunRecord, { journal }: Store): string {
  const points = journal.points(run.id);
  return csvText(points.length > 0 ? pointTable(points.map(resultOfPoint)) : runTable([resultOfRun(run)]));
}

/** Adds the run to a file store of MLflow; gives what to tell of it. */
export async function pipelineMlflow(
  run: RunRecord,
  store: Store,
  { place, out = USUAL_FOLDER }: { readonly place: Place; readonly out?: string },
): Promise<string> {
  const { context, project } = place;
  if (project === undefined) {
    throw new LoomError("no-project", `${place.path} belongs to no project: what runs made is not known`);
  }
  const folder = joinPath(context.cwd, out);
  const exported = await exportToMlflow(run, { context, store, project, folder });
  return toldLines(exported, displayPath(folder, context.cwd)).map((line) => `${line}\n`).join("");
}

function toldLines({ experiment, runs, copied, copiedBytes, left, renamed }: MlflowExported, folder: string) {
  const why = {
    "changed": "changed since",
    "gone": "are gone",
    "too large": "would be more than 50 MiB together",
  } as const;
  const reasons = (["changed", "gone", "too large"] as const).flatMap((reason) => {
    const paths = left.filter(([, it]) => it === reason).map(([path]) => path);
    return paths.length === 0 ? [] : [`Not copied, for they ${why[reason]}: ${listed(paths)}`];
  });
  const names = [...renamed].map(([name, to]) => `${name} as ${to}`);
  return [
    `Exported ${runs === 1 ? "1 run" : `${runs} runs`} to ${folder}, experiment ${experiment}`,
    `Outputs copied: ${copied} (${(copiedBytes / MIB).toFixed(1)} MiB)`,
    ...reasons,
    ...(names.length === 0 ? [] : [`Names that MLflow does not allow: ${listed(names)}`]),
    // Newer releases ask for the variable, older ones do not mind it.
    `Look at it: MLFLOW_ALLOW_FILE_STORE=true mlflow ui --backend-store-uri ${quotePosix(folder)}`,
  ];
}

function listed(names: readonly string[]): string {
  return names.slice(0, NAMED).join(", ") + (names.length > NAMED ? ` and ${names.length - NAMED} more` : "");
}
