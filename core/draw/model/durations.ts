import type { Pipeline } from "../../graph/pipeline.ts";
import { relativePath } from "../../paths.ts";
import type { Journal } from "../../ports/store.ts";

/** How many runs are looked at. */
const RUNS = 20;

/**
 * How long each step took when it was last done, by name.
 *
 * @param project Folder of the project whose journal it is.
 */
export function lastDurations(pipeline: Pipeline, project: string, journal: Journal): ReadonlyMap<string, number> {
  const wanted = new Set(pipeline.steps.map((step) => step.name));
  const name = relativePath(pipeline.file, project);
  const durations = new Map<string, number>();
  for (const { id } of journal.listRuns({ kind: "pipeline", name, limit: RUNS })) {
    if (wanted.size === 0) break;
    for (const event of journal.events(id)) {
      if (event.type !== "step_finished" || event.status !== "done" || !wanted.delete(event.step)) continue;
      durations.set(event.step, event.durationMs);
    }
  }
  return durations;
}
