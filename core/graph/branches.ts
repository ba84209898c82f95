/**
 * Switches and their branches.
 *
 * @module
 */

import type { Pipeline, SwitchStep } from "./pipeline.ts";

/** A switch and one of its branches. */
export interface Branch {
  readonly step: SwitchStep;
  readonly branch: "then" | "else";
}

/** The switch and branch that `$route.then` names; `undefined` for every other text. */
export function branchOf(pipeline: Pipeline, text: string): Branch | undefined {
  // Most texts have no dot, and most pipelines no switch.
  return text.includes(".") && text.startsWith("$") ? branchNamed(pipeline, text.slice(1)) : undefined;
}

/** The same of a name without its dollar. */
export function branchNamed(pipeline: Pipeline, name: string): Branch | undefined {
  const dot = name.lastIndexOf(".");
  if (dot < 0) return undefined;
  const [step, branch] = [switches(pipeline).get(name.slice(0, dot)), name.slice(dot + 1)];
  return step !== undefined && (branch === "then" || branch === "else") ? { step, branch } : undefined;
}

// One map for each pipeline, made at the first question: references are resolved by the ten thousand.
const switchMaps = new WeakMap<Pipeline, ReadonlyMap<string, SwitchStep>>();

/** The switches of a pipeline, by name. */
export function switches(pipeline: Pipeline): ReadonlyMap<string, SwitchStep> {
  let map = switchMaps.get(pipeline);
  if (map === undefined) {
    const steps = pipeline.steps.filter((step): step is SwitchStep => step.kind === "switch");
    switchMaps.set(pipeline, map = new Map(steps.map((step) => [step.name, step])));
  }
  return map;
}
