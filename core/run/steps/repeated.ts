import { iterationBinding } from "../../graph/command.ts";
import { producedKeys } from "../../graph/iteration.ts";
import type { RepeatedStep } from "../../graph/pipeline.ts";
import { resolveData } from "../../graph/resolve.ts";
import { dirname, relativePath } from "../../paths.ts";
import type { Memo } from "../../ports/store.ts";
import type { Answer } from "./condition_script.ts";
import { askRemembering } from "./remembered_answer.ts";
import { InnerTurns, runInner } from "./repeated_inner.ts";
import { isAllFresh, iterationCount, questionOf } from "./repeated_state.ts";
import type { Session, StepResult } from "../session/session.ts";

/** Runs a group again and again, its steps in file order, each with the values and paths of its iteration. */
export async function runRepeated(step: RepeatedStep, session: Session): Promise<StepResult> {
  if (await isAllFresh(step, session)) return { status: "fresh" };
  const { recorder } = session;
  const total = iterationCount(step);
  recorder.emit({ type: "step_started", step: step.name, detail: { kind: "repeated", iterations: total }, attempt: 1 });
  forgetOutcome(step, session);
  for (let iteration = 0; iteration < total; iteration++) {
    if (iteration === step.broken?.iteration) {
      return { status: "failed", error: `iteration ${iteration}: ${step.broken.reason}` };
    }
    recorder.emit({ type: "iteration_started", step: step.name, iteration });
    const result = await runIteration(step, iteration, session);
    if (result.status === "failed" || result.status === "cancelled") return result;
    const stop = await isEnd(step, iteration, session);
    if ("error" in stop) return { status: "failed", error: `iteration ${iteration}: ${stop.error}` };
    if ("cancelled" in stop) return { status: "cancelled" };
    if (stop.answer) recorder.emit({ type: "iterations_ended", step: step.name, iteration });
    if (stop.answer || iteration === total - 1) return await publish(step, iteration, session);
  }
  return { status: "done", result: "0" };
}

async function runIteration(step: RepeatedStep, iteration: number, session: Session): Promise<StepResult> {
  const binding = iterationBinding(session.pipeline, step, { env: session.context.env, iteration });
  const turns = new InnerTurns(step, binding, session);
  for (const inner of step.steps) {
    if (session.control.signal.aborted || session.halt.signal.aborted) return { status: "cancelled" };
    const reason = turns.skipCause(inner);
    if (reason !== undefined) {
      turns.skip(inner);
      session.recorder.emit({ type: "part_skipped", step: step.name, iteration, inner: inner.name, reason });
      continue;
    }
    const result = await runInner(inner, { step, iteration, binding }, session);
    if (result.status === "cancelled") return result;
    if (result.status !== "failed") continue;
    if (!inner.continueOnError) return inIteration(result, iteration, inner.name);
    turns.forgive(inner);
  }
  return { status: "done" };
}

function inIteration(result: StepResult, iteration: number, inner: string): StepResult {
  const { exitCode, signal, error } = result;
  const how = error ?? (signal === undefined ? `exit code ${exitCode}` : `signal ${signal}`);
  return { ...result, error: `iteration ${iteration}, step ${inner}: ${how}` };
}

/** Asks the group's condition, if it has one, whether this was the last iteration. */
async function isEnd(step: RepeatedStep, iteration: number, session: Session): Promise<Answer> {
  if (step.until === undefined) return { answer: false };
  const { question, about } = questionOf(step, iteration, session);
  return await askRemembering({ ...question, script: step.until.script }, about, session);
}

/** Copies the outputs of the last iteration to their plain paths, now that all of them are complete. */
async function publish(step: RepeatedStep, iteration: number, session: Session): Promise<StepResult> {
  const { context: { files, env, clock }, pipeline, digester, recorder, memos } = session;
  const { paths } = iterationBinding(pipeline, step, { env, iteration });
  const outputs: [string, string][] = [];
  // What lies in a produced folder comes along with it.
  for (const key of producedKeys(pipeline, step)) {
    const [from, plain] = [paths.get(key), resolveData(pipeline, key, env)];
    if (from === undefined || plain.kind !== "path" || files.stat(from) === undefined) continue;
    files.makeDirectory(dirname(plain.path));
    files.copy(from, plain.path);
    outputs.push([relativePath(plain.path, pipeline.baseDir), await digester.digest(plain.path)]);
  }
  const memo: Memo = {
    scope: memos.scope,
    step: step.name,
    part: "",
    state: "done",
    fingerprint: JSON.stringify({ last: iteration, of: iterationCount(step) }),
    outputs: JSON.stringify(outputs),
    run: recorder.run,
    at: clock.now(),
  };
  memos.set(memo);
  recorder.write((store) => store.memos.put(memo));
  return { status: "done", result: String(iteration + 1) };
}

function forgetOutcome(step: RepeatedStep, { memos, recorder }: Session): void {
  memos.delete(step.name, "");
  recorder.write((store) => store.memos.remove(memos.scope, step.name, ""));
}
