/**
 * Groups that are run several times.
 *
 * @module
 */

import { parseFeedback } from "./feedback.ts";
import { parseIterations } from "./iterations.ts";
import { checkEntryKeys } from "./keys.ts";
import { Section } from "./section.ts";
import { parseTask, stepBase } from "./task.ts";
import { textMap, valueMap } from "./values.ts";
import type { RepeatedStep, StopCondition, TaskStep } from "../pipeline.ts";

const KEYS: ReadonlySet<string> = new Set(["schedule", "count", "expressions", "feedback", "condition"]);
const STOP_KEYS: ReadonlySet<string> = new Set(["script", "inputs", "args"]);

/** The steps of a group, each with its name and where it stands; those without a name are left out. */
export interface InnerStep {
  readonly name: string;
  readonly section: Section;
}

/** A group with `multi_pass`, as one step that has the group's name. */
export function parseRepeated(
  block: Section,
  options: {
    readonly name: string;
    readonly inner: readonly InnerStep[];
    readonly resources: ReadonlyMap<string, number>;
  },
): RepeatedStep {
  const { name, inner, resources } = options;
  const steps = inner.map(({ name: own, section }) => innerTask(section, { name: own, group: name, resources }));
  const settings = block.section("multi_pass") ?? new Section(new Map(), block.place, block.problems);
  settings.checkKeys(KEYS);
  if (steps.length === 0) block.warn({ code: "empty-group", message: "there is no step to repeat", under: ["steps"] });
  return {
    kind: "repeated",
    ...stepBase(block, { name, group: name }),
    steps,
    ...parseIterations(settings),
    feedback: parseFeedback(settings, steps),
    until: parseStop(settings),
  };
}

/** Only plain tasks can be repeated: the others have no path of their own in each iteration. */
function innerTask(
  section: Section,
  options: { readonly name: string; readonly group: string; readonly resources: ReadonlyMap<string, number> },
): TaskStep {
  const kind = section.text("kind") ?? "task";
  if (kind !== "task") {
    const message = `a repeated group can hold tasks only, not '${kind}'`;
    section.error({ code: "not-repeatable", message, hint: "move it out of the group", under: ["kind"] });
  } else {
    checkEntryKeys(section, "task");
  }
  refuseLoop(section);
  warnSkips(section);
  return parseTask(kind === "task" ? section : new Section(PLACEHOLDER, section.place, section.problems), options);
}

/** Stands for what is no task, which has been said already. */
const PLACEHOLDER = new Map([["task", "-"]]);

function refuseLoop(section: Section): void {
  if (section.get("loop") === undefined) return;
  const hint = "move the step out of the group";
  const message = "a step of a repeated group cannot loop over files";
  section.error({ code: "not-repeatable", message, hint, under: ["loop"], atKey: true });
}

function warnSkips(section: Section): void {
  for (const key of ["optional", "disabled"]) {
    if (section.get(key) !== true) continue;
    const message = `'${key}' has no effect in a repeated group, whose steps all run`;
    section.warn({ code: "no-effect", message, hint: "put it on the group", under: [key], atKey: true });
  }
}

function parseStop(settings: Section): StopCondition | undefined {
  const stop = settings.section("condition");
  if (stop === undefined) return undefined;
  stop.checkKeys(STOP_KEYS);
  return {
    script: stop.requiredText("script", "name the script that says when to end"),
    inputs: textMap(stop, "inputs", { empty: "" }),
    args: valueMap(stop, "args"),
  };
}
