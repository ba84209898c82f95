/**
 * Which names of a pipeline its texts use.
 *
 * @module
 */

import { isInterpolated } from "../../graph/expand.ts";
import { interpolatedNames } from "../../graph/interpolation.ts";
import { mapTexts, REFERENCE_ROLES } from "../../graph/map_texts.ts";
import type { Pipeline, Step, TaskStep } from "../../graph/pipeline.ts";
import { referenceName } from "../../graph/resolve.ts";
import { pyStr, type Value } from "../../yaml/value.ts";
import type { Facts } from "../base/facts.ts";

/** What is used. */
export interface Usage {
  /** Names of data entries, parameters, conditions and switches, without `$`. */
  readonly names: ReadonlySet<string>;
  /** Switches of which a branch is used. */
  readonly switches: ReadonlySet<string>;
}

const IDENTIFIERS = /[\p{L}_][\p{L}\p{N}_]*/gu;

/** Everything that is named anywhere in the pipeline. Where that cannot be told, it counts as used. */
export function usageOf({ pipeline, root }: Facts): Usage {
  const names = new Set<string>();
  const switches = new Set<string>();
  const add = (name: string) => {
    names.add(name);
    const dot = name.lastIndexOf(".");
    if (dot > 0) switches.add(name.slice(0, dot));
  };
  const place = (text: string) => {
    if (text.startsWith("$")) add(referenceName(text) ?? "");
    else if (pipeline.data.has(text)) add(text);
  };
  const isLater = isInterpolated(pipeline);
  // Most steps of a long file are plain, and need no more than a look.
  const isPlain = (step: Step): step is TaskStep => !isLater && isPlainTask(step);
  for (const step of pipeline.steps) {
    if (!isPlain(step)) continue;
    for (const text of step.inputs.values()) place(text);
    for (const text of step.outputs.values()) place(text);
    for (const value of step.args.values()) if (typeof value === "string" && value.startsWith("$")) place(value);
  }
  const rest = { ...pipeline, steps: pipeline.steps.filter((step) => !isPlain(step)) };
  mapTexts(rest, (text, { role, bound }) => {
    const name = REFERENCE_ROLES.has(role) ? referenceName(text) : undefined;
    if (name !== undefined && !bound.has(name)) add(name);
    else if (role === "decider" || (role === "place" && pipeline.data.has(text))) add(text);
    for (const inside of interpolatedNames(text)) if (!bound.has(inside)) add(inside);
    return text;
  });
  for (const entry of pipeline.data.values()) if (entry.nestedIn !== undefined) names.add(entry.nestedIn);
  for (const text of questionsOf(pipeline, root)) for (const name of text.match(IDENTIFIERS) ?? []) names.add(name);
  return { names, switches };
}

function isPlainTask(step: Step): step is TaskStep {
  return step.kind === "task" && step.loop === undefined && step.metrics.length === 0;
}

/** Texts that name things without a dollar: `when`, and the expressions of repeated groups. */
function* questionsOf({ steps, included }: Pipeline, root: Value): Generator<string> {
  for (const step of steps) {
    const tasks = step.kind === "task" ? [step] : step.kind === "repeated" ? step.steps : [];
    for (const { when } of tasks) if (when !== undefined) yield when;
  }
  // What was taken in is written elsewhere.
  if (included !== undefined) { for (const { parameters } of included) yield [...parameters.values()].join(" "); }
  const includes = root instanceof Map ? root.get("include") : undefined;
  if (includes !== undefined) yield pyStr(includes);
  const entries = root instanceof Map ? root.get("pipeline") : undefined;
  for (const entry of Array.isArray(entries) ? entries : []) {
    const repeated = entry instanceof Map ? entry.get("multi_pass") : undefined;
    const expressions = repeated instanceof Map ? repeated.get("expressions") : undefined;
    for (const text of expressions instanceof Map ? expressions.values() : []) if (typeof text === "string") yield text;
  }
}
