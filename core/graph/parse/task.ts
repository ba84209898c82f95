/**
 * Steps that run a script.
 *
 * @module
 */

import type { Section } from "./section.ts";
import { parseSettings } from "./settings.ts";
import { textMap, valueMap } from "./values.ts";
import type { TaskStep } from "../pipeline.ts";

const TASK_HINT = "name the script to run: 'task: tasks/x.py'";

/** What a step is called and where it belongs, found out before the rest of it is read. */
export interface StepIdentity {
  readonly name: string;
  readonly group?: string;
}

/** What every kind of step says of itself. */
export function stepBase(step: Section, { name, group }: StepIdentity) {
  return { name, group, optional: step.flag("optional"), disabled: step.flag("disabled"), at: step.place.at };
}

/** A task step, with `resources` checked against the counters of the pipeline. */
export function parseTask(
  step: Section,
  options: StepIdentity & { readonly resources: ReadonlyMap<string, number> },
): TaskStep {
  const settings = parseSettings(step, options.resources);
  // One spread, in front: the engine copies that as a whole, and any further one field by field.
  return {
    ...settings,
    kind: "task",
    name: options.name,
    group: options.group,
    optional: step.flag("optional"),
    disabled: step.flag("disabled"),
    at: step.place.at,
    task: scriptOf(step),
    inputs: textMap(step, "inputs"),
    outputs: textMap(step, "outputs"),
    args: valueMap(step, "args"),
  };
}

/** `task`, or `script` as older files call it; `""` after an error. */
function scriptOf(step: Section): string {
  const older = step.get("script");
  if (older !== undefined && !step.get("task")) return step.requiredText("script", TASK_HINT);
  return step.requiredText("task", TASK_HINT);
}
