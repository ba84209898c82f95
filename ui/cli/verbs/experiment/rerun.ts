/**
 * `loom rerun ID`: runs again what a run, or one point of a sweep, was asked for.
 *
 * @module
 */

import { addressOf, askAgain, type AskedAgain, findPoint, type PointOf } from "../../../../core/history/mod.ts";
import type { Journal, RunRecord } from "../../../../core/ports/store.ts";
import type { RunRequest } from "../../../../core/run/session/request.ts";
import type { Host } from "../../base/host.ts";
import { displayPath, tellProblems } from "../../view/problems.ts";
import type { ExperimentCommand } from "../../words/command.ts";
import type { RerunFlags } from "../../words/experiment_flags.ts";
import { runRequest } from "../run.ts";
import { lookingAtRun } from "./results.ts";

/** Runs it, with the file as it is now. */
export async function rerunVerb({ words: [word], flags }: ExperimentCommand<"rerun">, host: Host): Promise<number> {
  const context = await host.context();
  const { id, point } = addressOf(word);
  const { asked, project } = await lookingAtRun(id, { flags, host }, ({ record }, { store: { journal }, project }) => {
    const run = journal.getRun(record.id)!;
    const one = point === undefined ? undefined : pointOf(point, run, journal);
    return { asked: askAgain(run, project, context, one), project };
  });
  if (asked.isChanged) {
    const message = `${displayPath(asked.file, context.cwd)} has changed since; it is run as it is now`;
    tellProblems([{ level: "hint", code: "pipeline-changed", message }], host.terminal, context.cwd);
  }
  return await runRequest(requestOf(asked, flags, project), { context, flags, host });
}

function pointOf(word: string, run: RunRecord, journal: Journal): PointOf {
  return { point: findPoint(word, run, journal), points: journal.points(run.id) };
}

function requestOf({ isChanged: _, ...asked }: AskedAgain, flags: RerunFlags, project: string): RunRequest {
  return {
    ...asked,
    dryRun: flags.dryRun ?? false,
    parallel: flags.parallel,
    maxWorkers: flags.maxWorkers,
    cached: flags.cached,
    // In full, also where the file says that what is fresh is passed over.
    force: !flags.cached,
    resume: false,
    failFast: false,
    strict: false,
    refreshUrls: false,
    dropRemoved: false,
    wait: flags.wait ?? false,
    passStdin: !Deno.stdin.isTerminal(),
    project,
  };
}
