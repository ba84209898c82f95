/**
 * What conditions say now, as far as it can be told without running anything.
 *
 * @module
 */

import type { ConditionStep, Pipeline } from "../../core/graph/pipeline.ts";
import { pyStr, type Value } from "../../core/graph/text/mod.ts";

/** What is on the disk of a data entry. */
export interface DiskFact {
  readonly exists: string;
  readonly kind?: string;
  readonly size?: number;
}

const FALSE_TEXTS: ReadonlySet<string> = new Set(["", "0", "false", "no", "off", "none", "null"]);

/** `true` or `false` of conditions, `then` or `else` of switches; those that cannot be told are left out. */
export function answersNow(pipeline: Pipeline, disk: ReadonlyMap<string, DiskFact>): ReadonlyMap<string, string> {
  const answers = new Map<string, string>();
  for (const step of pipeline.steps) {
    if (step.kind === "condition") {
      const answer = answerOf(step, pipeline, disk);
      if (answer !== undefined) answers.set(step.name, String(answer !== step.negate));
    } else if (step.kind === "switch") {
      const answer = asked(step.condition, pipeline, answers);
      if (answer !== undefined) answers.set(step.name, answer ? "then" : "else");
    }
  }
  return answers;
}

function asked(
  text: string,
  { parameters }: Pipeline,
  answers: ReadonlyMap<string, string>,
): boolean | undefined {
  const name = text.replace(/^\$/, "");
  const answer = answers.get(name);
  if (answer !== undefined) return answer === "true";
  return parameters.has(name) ? isTrue(parameters.get(name)!) : undefined;
}

function answerOf(
  { predicate, inputs }: ConditionStep,
  { parameters }: Pipeline,
  disk: ReadonlyMap<string, DiskFact>,
): boolean | undefined {
  const text = inputs.get("data") ?? [...inputs.values()][0];
  const name = text?.startsWith("$") ? text.slice(1) : undefined;
  if (predicate === "param") {
    if (name === undefined) return text === undefined ? undefined : isTrue(text);
    return parameters.has(name) ? isTrue(parameters.get(name)!) : undefined;
  }
  const fact = name === undefined ? undefined : disk.get(name);
  if (fact === undefined || fact.exists === "checking" || fact.exists === "unknown") return undefined;
  const exists = fact.exists === "exists";
  if (!exists && predicate !== undefined) return false;
  if (predicate === "exists") return true;
  if (predicate === "is_file") return fact.kind === "file";
  if (predicate === "is_dir") return fact.kind === "folder";
  return predicate === "non_empty" && fact.kind === "file" ? (fact.size ?? 0) > 0 : undefined;
}

function isTrue(value: Value): boolean {
  if (typeof value === "string") return !FALSE_TEXTS.has(value.toLowerCase());
  return !FALSE_TEXTS.has(pyStr(value).toLowerCase());
}
