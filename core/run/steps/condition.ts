import type { ConditionStep, SwitchStep } from "../../graph/pipeline.ts";
import { asValue, isTrue, type Question, resolveDecider, resolveQuestion } from "../../graph/question.ts";
import { type Bindings, resolveScript } from "../../graph/resolve.ts";
import type { StepPart } from "../../ports/events.ts";
import { type Answer, askScript } from "./condition_script.ts";
import { ask } from "./predicate.ts";
import type { Place, Session, StepResult } from "../session/session.ts";

/** Answers a condition and keeps the answer for the switches. */
export async function runCondition(step: ConditionStep, session: Session): Promise<StepResult> {
  const detail = { kind: "condition", label: step.predicate ?? step.script! } as const;
  session.recorder.emit({ type: "step_started", step: step.name, detail, attempt: 1 });
  const found = await answer(step, session);
  if (!("answer" in found)) return asResult(found);
  session.answers.set(step.name, found.answer);
  return { status: "done", result: String(found.answer) };
}

/** Decides which way a switch goes. A condition outside the selection is asked here. */
export async function runSwitch(step: SwitchStep, session: Session): Promise<StepResult> {
  session.recorder.emit({ type: "step_started", step: step.name, detail: { kind: "switch" }, attempt: 1 });
  const decided = await decide(step, session);
  if (!("answer" in decided)) return asResult(decided);
  const branch = decided.answer ? "then" : "else";
  session.taken.set(step.name, branch);
  return { status: "done", result: branch };
}

function asResult(found: Exclude<Answer, { answer: boolean }>): StepResult {
  return "error" in found ? { status: "failed", error: found.error } : { status: "cancelled" };
}

async function decide(step: SwitchStep, session: Session): Promise<Answer> {
  const decider = resolveDecider(session.pipeline, step, session.context.env);
  if (decider.kind === "value") return { answer: isTrue(decider.value) };
  const known = session.answers.get(decider.name);
  if (known !== undefined) return { answer: known };
  const condition = session.pipeline.steps.find((other) => other.kind === "condition" && other.name === decider.name);
  const found = await answer(condition as ConditionStep, session);
  // Another switch may hang on the same condition.
  if ("answer" in found) session.answers.set(decider.name, found.answer);
  return found;
}

async function answer(step: ConditionStep, session: Session): Promise<Answer> {
  const { pipeline, context: { files, env } } = session;
  let found: Answer;
  if (step.predicate !== undefined) {
    const { inputs, args } = resolveQuestion(pipeline, step, { env });
    const asked = inputs.get("data") ?? [...inputs.values()][0];
    found = { answer: ask(step.predicate, asked, { args, files }) };
  } else {
    found = await askByScript({ ...step, script: step.script! }, { step, part: "", label: {} }, session);
  }
  return "answer" in found ? { answer: found.answer !== step.negate } : found;
}

/** A question that a script answers; `script` as written. */
export type ScriptQuestion = Question & { readonly script: string };

/** Where an asking belongs, and what its names stand for there. */
export interface About extends Place {
  readonly label: StepPart;
  readonly bindings?: Bindings;
}

/** Asks the script of a condition, or of the condition that ends a repeated group. */
export async function askByScript(question: ScriptQuestion, about: About, session: Session): Promise<Answer> {
  const { pipeline, context: { env } } = session;
  const script = resolveScript(pipeline, question.script, env);
  if ("missing" in script) return { error: `environment variable ${script.missing} is not set` };
  const { inputs, args } = resolveQuestion(pipeline, question, { env, bindings: about.bindings });
  const values = new Map([...inputs].map(([name, found]) => [name, asValue(found)]));
  for (const [name, value] of args) values.set(name, value);
  return await askScript({ ...about, script: script.path, values }, session);
}
