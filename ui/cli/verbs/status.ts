/**
 * `loom status FILE.yml`: which steps are fresh, and why others are not.
 *
 * @module
 */

import { joinPath } from "../../../core/graph/mod.ts";
import type { Freshness, StepState } from "../../../core/run/session/request.ts";
import { type Paint, type Palette, palette } from "../view/colors.ts";
import { EXIT } from "../base/exit_code.ts";
import { statusJson } from "../view/json.ts";
import type { Host } from "../base/host.ts";
import type { Command } from "../words/command.ts";
import { toOverrides, toProject } from "./request.ts";
import { tableLines } from "../view/table.ts";

/** Shows the table, or the document. With `--check` the exit code tells whether anything would have to run. */
export async function statusVerb({ file, flags }: Extract<Command, { verb: "status" }>, host: Host): Promise<number> {
  const context = await host.context();
  const { pipelineStatus } = await host.engine();
  const look = { file: joinPath(context.cwd, file), overrides: toOverrides(flags), python: flags.python };
  const onOpened = () => host.revoke("status", "opened");
  const steps = await pipelineStatus({ ...look, project: toProject(flags, context), onOpened }, context);
  if (flags.json) host.terminal.write(`${statusJson(steps)}\n`);
  else host.terminal.write(statusLines(steps, palette(host.terminal.color)).map((line) => `${line}\n`).join(""));
  return flags.check && steps.some(needsRun) ? EXIT.failed : EXIT.done;
}

/** One line a step: name, state, reasons. */
export function statusLines(steps: readonly StepState[], paint: Palette): readonly string[] {
  if (steps.length === 0) return ["No steps."];
  return tableLines(steps.map((step) => [step.name, statePaint(step.state, paint)(step.state), notes(step)]));
}

/** The colour of a state, so that it means the same everywhere. */
export function statePaint(state: Freshness, paint: Palette): Paint {
  if (state === "fresh") return paint.good;
  if (state === "stale" || state === "modified") return paint.warn;
  return state === "missing" ? paint.bad : paint.dim;
}

function notes(step: StepState): string {
  const { items, points } = step;
  const count = [
    ...(points === undefined ? [] : [`${points.fresh}/${points.total} points fresh`]),
    ...(items === undefined ? [] : [`${items.fresh}/${items.total} items fresh`]),
  ];
  return [...count, ...step.reasons].join(", ");
}

// A step without outputs always runs; counting it would make the check fail for ever.
function needsRun({ state }: StepState): boolean {
  return state !== "fresh" && state !== "no outputs";
}
