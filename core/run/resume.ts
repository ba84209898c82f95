import { LoomError } from "../errors.ts";
import type { RunRecord, Store } from "../ports/store.ts";

/**
 * The run to go on with: the last one of this pipeline that ended, if it did not succeed.
 *
 * @throws {LoomError} `nothing-to-resume`.
 */
export function previousRun(store: Store, scope: string, { file }: { readonly file: string }): RunRecord {
  const [last] = store.journal.listRuns({ name: scope, limit: 1 });
  if (last !== undefined && last.status !== "done") return last;
  const why = last === undefined ? "it has never run here" : `its last run ${last.id} succeeded`;
  throw new LoomError("nothing-to-resume", `Cannot resume ${file}: ${why}`, {
    hint: "run it without --resume, or with --cached to skip what is fresh",
  });
}

/** Names of the steps that a run, or those it went on with, had finished. */
export function finishedSteps(store: Store, run: RunRecord): ReadonlySet<string> {
  const finished = new Set<string>();
  for (const event of store.journal.events(run.id)) {
    if (event.type === "step_finished" && event.status === "done") finished.add(event.step);
    // Passed over as fresh: finished by the run before it.
    if (event.type === "step_skipped" && event.reason.cause === "fresh") finished.add(event.step);
  }
  return finished;
}
