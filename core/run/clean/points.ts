import type { Context } from "../../context.ts";
import { dirname, joinPath } from "../../paths.ts";
import { scopeOf } from "../session/prepare.ts";
import type { Loaded, RunRequest } from "../session/request.ts";
import { sweptPipeline } from "../session/swept.ts";
import { type CleanTarget, cleanTargets } from "./targets.ts";

/** What a clean needs to know of a request. */
export type PointRequest = Pick<RunRequest, "file" | "matrix" | "overrides" | "project">;

/**
 * What the points of a sweep make: those of the matrix as it is now, and those of earlier ones, as far as they are
 * recorded.
 */
export async function pointTargets(
  loaded: Loaded,
  request: PointRequest,
  context: Context,
): Promise<readonly CleanTarget[]> {
  const { pipeline, sweep } = await sweptPipeline(loaded, request, context);
  const now = sweep === undefined ? [] : cleanTargets(pipeline, context).produced;
  const names = new Set(pipeline.steps.map((step) => step.name));
  return [...now, ...recordedTargets(request, context, names)];
}

/** A step of a point, by its name. */
const POINT_STEP = /@[^@]*[=~][^@]*$/;

function recordedTargets(
  { file, project: named }: PointRequest,
  { stores }: Context,
  known: ReadonlySet<string>,
): readonly CleanTarget[] {
  const project = named ?? stores.projectOf(file);
  const store = stores.openReadOnly(project);
  try {
    const memos = store?.memos.all(scopeOf(file, project)) ?? [];
    const former = memos.filter(({ step }) => POINT_STEP.test(step) && !known.has(step));
    return former.flatMap(({ step, outputs }) =>
      (JSON.parse(outputs) as [path: string, digest: string][]).map(([path]) => ({
        key: step,
        path: joinPath(dirname(file), path),
        allowOutside: false,
      }))
    );
  } finally {
    store?.close();
  }
}
