/**
 * Arguments against what the script takes: by its own `argparse`, and by its front matter.
 *
 * @module
 */

import type { Problem, YamlPath } from "../../errors.ts";
import { type Refusal, refusals } from "../../python/argparse_accepts.ts";
import type { Facts, TaskFacts } from "../base/facts.ts";
import { valuePlace } from "../base/value_place.ts";
import { type Variant, Variants } from "../base/variants.ts";
import { taggedWords, type WordOrigin } from "../base/words.ts";
import { declaredProblems, valueProblems } from "./declared.ts";
import { refusalWords } from "./refused.ts";

/** Every argument of every task, with every value that it may have. */
export function* argumentRule(facts: Facts): Generator<Problem> {
  const variants = new Variants(facts);
  for (const task of facts.tasks) {
    if (task.script === undefined || task.resolved === undefined) continue;
    yield* declaredProblems(task, task.script);
    // One fault is one problem, with whichever values it comes up.
    const seen = new Set<string>();
    for (const variant of variants.of(task)) {
      for (const problem of [...refused(facts, variant), ...valueProblems(facts, variant)]) {
        const key = JSON.stringify(problem.path);
        if (seen.has(key)) continue;
        seen.add(key);
        yield problem;
      }
    }
  }
}

function* refused(facts: Facts, variant: Variant): Generator<Problem> {
  const { step, script, resolved, isPartial } = variant.task;
  if (script === undefined || resolved === undefined || isPartial || !script.arguments.complete) return;
  const { words, origins } = taggedWords(resolved);
  for (const refusal of refusals(script.arguments, words)) {
    const at = refusal.at ?? -1;
    const origin = origins[at];
    const isList = origin?.section === "args" && Array.isArray(step.args.get(origin.key));
    const next = origin?.isFlag && origins[at + 1]?.key === origin.key ? words[at + 1] : undefined;
    const { name, arguments: takes } = script;
    const said = refusalWords({ refusal, step: step.name, script: name, takes, word: words[at], next, origin, isList });
    yield { level: "error", ...said, step: step.name, ...placeOf(refusal, { facts, variant, origin }) };
  }
  for (const [at, origin] of origins.entries()) {
    if (origin.isFlag || !LIKE_OPTION.test(words[at])) continue;
    yield {
      level: "warning",
      code: "looks-like-option",
      message: `Step '${step.name}' passes '${
        words[at]
      }', which argparse takes for an option in most versions of Python`,
      hint: `write "${origin.key}=${words[at]}": true`,
      step: step.name,
      path: valuePlace(facts, variant, origin),
    };
  }
}

/** Negative numbers with an exponent; those without are known for numbers. */
const LIKE_OPTION = /^-(\d+\.?\d*|\.\d+)[eE][-+]?\d+$/;

/** What is missing is missing in the section it belongs to. */
function placeOf(
  refusal: Refusal,
  { facts, variant, origin }: { readonly facts: Facts; readonly variant: Variant; readonly origin?: WordOrigin },
): { readonly path: YamlPath; readonly atKey?: boolean } {
  const { step } = variant.task;
  if (origin === undefined) return { path: missingPlace(variant.task, refusal) };
  const atKey = origin.isFlag && refusal.kind !== "too-few";
  if (atKey) return { path: [...step.at, origin.section, origin.key], atKey };
  return { path: valuePlace(facts, variant, origin) };
}

function missingPlace({ step }: TaskFacts, { argument }: Refusal): YamlPath {
  const isInput = argument?.flags.length === 0;
  const section = isInput ? "inputs" : step.args.size > 0 || step.outputs.size === 0 ? "args" : "outputs";
  return step[section].size === 0 ? [...step.at, "name"] : [...step.at, section];
}
