/**
 * Names that stand in each other's way.
 *
 * @module
 */

import type { Problem, YamlPath } from "../../errors.ts";
import type { Facts } from "../base/facts.ts";

/** What hides what. */
export function* nameRule(facts: Facts): Generator<Problem> {
  yield* hiddenParameters(facts);
  yield* hiddenVariables(facts);
  yield* hiddenByLoops(facts);
  yield* sharedByGroups(facts);
  yield* hiddenByConditions(facts);
}

function warning(code: string, words: readonly [message: string, hint: string], path: YamlPath): Problem {
  return { level: "warning", code, message: words[0], hint: words[1], path, atKey: true };
}

function sectionOf({ root }: Facts, name: string): ReadonlyMap<unknown, unknown> {
  const section = root instanceof Map ? root.get(name) : undefined;
  return section instanceof Map ? section : new Map();
}

function* hiddenParameters(facts: Facts): Generator<Problem> {
  for (const name of sectionOf(facts, "parameters").keys()) {
    if (typeof name !== "string" || !facts.pipeline.data.has(name)) continue;
    const message = `Parameter '${name}' is never used: '$${name}' is the data entry of that name`;
    yield warning("shadowed-parameter", [message, "rename one of them"], ["parameters", name]);
  }
}

function* hiddenVariables(facts: Facts): Generator<Problem> {
  const data = sectionOf(facts, "data");
  for (const name of sectionOf(facts, "variables").keys()) {
    if (typeof name !== "string" || !data.has(name)) continue;
    const message = `'${name}' stands in 'variables' and in 'data', which wins`;
    yield warning("shadowed-variable", [message, "remove it from 'variables'"], ["variables", name]);
  }
}

function* hiddenByLoops(facts: Facts): Generator<Problem> {
  if (!facts.tasks.some(({ step }) => step.loop !== undefined)) return;
  for (const section of ["data", "parameters"]) {
    for (const name of ["loop_item", "loop_output"]) {
      if (!sectionOf(facts, section).has(name)) continue;
      const message = `'${name}' is hidden in steps with a loop, where '$${name}' is the item's`;
      yield warning("shadowed-by-loop", [message, "give it another name"], [section, name]);
    }
  }
}

function* sharedByGroups({ pipeline }: Facts): Generator<Problem> {
  const groups = new Set(pipeline.groups);
  for (const step of pipeline.steps) {
    // A repeated group is a step; a step alone in a group of its name is told by either.
    if (step.kind === "repeated" || !groups.has(step.name)) continue;
    const members = pipeline.steps.filter((other) => other.group === step.name);
    if (members.length === 1 && members[0] === step) continue;
    const message = `'${step.name}' is the name of a step and of a group`;
    const words = [message, "rename one of them, so that it is clear which is meant"] as const;
    yield { ...warning("shared-name", words, [...step.at, "name"]), step: step.name, atKey: false };
  }
}

function* hiddenByConditions({ pipeline }: Facts): Generator<Problem> {
  for (const step of pipeline.steps) {
    if (step.kind !== "condition" || !(pipeline.parameters.has(step.name) || pipeline.data.has(step.name))) continue;
    const other = pipeline.data.has(step.name) ? "data entry" : "parameter";
    const message = `A switch on '$${step.name}' asks the condition, not the ${other} of that name`;
    const problem = warning("shared-name", [message, "rename one of them"], [...step.at, "name"]);
    yield { ...problem, step: step.name, atKey: false };
  }
}
