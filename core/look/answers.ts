import { isLoomError } from "../errors.ts";
import type { ConditionStep, Pipeline, SwitchStep } from "../graph/pipeline.ts";
import { isTrue, resolveDecider, resolveQuestion } from "../graph/question.ts";
import { resolveScript } from "../graph/resolve.ts";
import { ask } from "../run/steps/predicate.ts";
import type { Outside } from "./opened.ts";

/** What a condition says, or why that cannot be told. */
export type Told = { readonly answer: boolean } | { readonly why: string };

/** A condition that a script answers (with its `negate`), and the paths that count for it: the script and what it is asked about. */
export interface ScriptAsked {
  readonly step: ConditionStep;
  readonly paths: readonly string[];
}

/** What a condition (`true`, `false`) or switch (`then`, `else`) says now, or why that cannot be told. */
export interface StepAnswer {
  readonly step: string;
  readonly answer?: "true" | "false" | "then" | "else";
  readonly why?: string;
}

/** What all conditions and switches say, as the disk is now. Scripts are asked by whoever may run them. */
export function answersNow(
  pipeline: Pipeline,
  context: Outside,
  askScript: (asked: ScriptAsked) => Told,
): readonly StepAnswer[] {
  const known = new Map<string, Told>();
  for (const step of pipeline.steps) {
    if (step.kind === "condition") known.set(step.name, told(() => answerOf(step, pipeline, { context, askScript })));
  }
  return pipeline.steps.flatMap((step) => {
    if (step.kind === "condition") return shown(step.name, known.get(step.name)!, ["true", "false"]);
    if (step.kind !== "switch") return [];
    return shown(step.name, told(() => decided(step, pipeline, { context, known })), ["then", "else"]);
  });
}

function answerOf(
  step: ConditionStep,
  pipeline: Pipeline,
  { context, askScript }: { readonly context: Outside; readonly askScript: (asked: ScriptAsked) => Told },
): Told {
  const { inputs, args } = resolveQuestion(pipeline, step, { env: context.env });
  const asked = [...inputs.values()];
  if (step.predicate === undefined) {
    const script = resolveScript(pipeline, step.script!, context.env);
    if ("missing" in script) return { why: `Environment variable ${script.missing} is not set` };
    const paths = asked.flatMap((found) => found.kind === "path" ? [found.path] : []);
    return askScript({ step, paths: [script.path, ...paths] });
  }
  const subject = inputs.get("data") ?? asked[0];
  if (subject === undefined) return { why: "It is asked about nothing: connect its input" };
  return { answer: ask(step.predicate, subject, { args, files: context.files }) !== step.negate };
}

function decided(
  step: SwitchStep,
  pipeline: Pipeline,
  { context, known }: { readonly context: Outside; readonly known: ReadonlyMap<string, Told> },
): Told {
  const decider = resolveDecider(pipeline, step, context.env);
  if (decider.kind === "value") return { answer: isTrue(decider.value) };
  const found = known.get(decider.name)!;
  return "answer" in found ? found : { why: `It cannot be told what ${decider.name} says` };
}

/** What cannot be looked up is said, and stands in nobody else's way. */
function told(work: () => Told): Told {
  try {
    return work();
  } catch (error) {
    if (!isLoomError(error) && !(error instanceof RangeError)) throw error;
    return { why: error.message };
  }
}

function shown(step: string, found: Told, [yes, no]: readonly ["true", "false"] | readonly ["then", "else"]) {
  return [{ step, ..."answer" in found ? { answer: found.answer ? yes : no } : found }];
}
