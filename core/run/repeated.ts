import { iterationBinding, resolveTask } from "../graph/command.ts";
import { dirname, relativePath } from "../paths.ts";
import type { RepeatedStep, TaskStep } from "../graph/pipeline.ts";
import { type IterationBinding, resolveData } from "../graph/resolve.ts";
import { askByScript } from "./condition.ts";
import type { Answer } from "./condition_script.ts";
import { type Judged, judgeOrSkip } from "./judged.ts";
import type { Session, StepResult } from "./session.ts";
import { localCopies, subjectOf } from "./subject.ts";
import { commandOf, runTaskWork } from "./task_work.ts";
import { isWanted } from "./turn.ts";

/** How many iterations a group makes at the most. */
export function iterationCount(step: RepeatedStep): number {
  return Math.max(step.iterations.length, (step.broken?.iteration ?? -1) + 1);
}

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

/** Name of the part that is one step of one iteration. */
function partName(iteration: number, inner: string): string {
  return `${iteration}/${inner}`;
}

async function runIteration(step: RepeatedStep, iteration: number, session: Session): Promise<StepResult> {
  const binding = iterationBinding(session.pipeline, step, { env: session.context.env, iteration });
  for (const inner of step.steps) {
    if (session.control.signal.aborted) return { status: "cancelled" };
    if (!isWanted(inner, session)) continue;
    const judged = await judgeInner(step, inner, { iteration, binding, session });
    const result = await runInner(judged, { inner, iteration, session });
    if (result.status === "failed") {
      return {
        ...result,
        error: `iteration ${iteration}, step ${inner.name}${result.error === undefined ? "" : `: ${result.error}`}`,
      };
    }
    if (result.status === "cancelled") return result;
  }
  return { status: "done" };
}

interface InIteration {
  readonly iteration: number;
  readonly binding: IterationBinding;
  readonly session: Session;
}

async function judgeInner(
  step: RepeatedStep,
  inner: TaskStep,
  { iteration, binding, session }: InIteration,
): Promise<Judged> {
  const { pipeline, context } = session;
  const resolved = resolveTask(pipeline, inner, { env: context.env, bindings: { iteration: binding } });
  const copies = await localCopies(resolved, session);
  const place = { step, part: partName(iteration, inner.name), task: inner, resolved };
  return await judgeOrSkip(subjectOf(place, session, copies), session);
}

async function runInner(
  judged: Judged,
  { inner, iteration, session }: { readonly inner: TaskStep; readonly iteration: number; readonly session: Session },
): Promise<StepResult> {
  const { recorder, context, pool } = session;
  const { subject, judgement, isFresh } = judged;
  const label = { iteration, inner: inner.name };
  const step = subject.step.name;
  const startedMs = context.clock.monotonicMs();
  await pool.take(inner.resources);
  try {
    const result: StepResult = isFresh ? { status: "fresh" } : await runTaskWork({
      subject,
      judgement,
      label,
      announce: (command) => recorder.emit({ type: "part_started", step, ...label, command }),
    }, session);
    const durationMs = Math.round(context.clock.monotonicMs() - startedMs);
    const { status, exitCode, signal, error } = result;
    recorder.emit({ type: "part_finished", step, ...label, status, exitCode, signal, error, durationMs });
    return result;
  } finally {
    pool.give(inner.resources);
  }
}

/** Asks the group's condition, if it has one, whether this was the last iteration. */
async function isEnd(step: RepeatedStep, iteration: number, session: Session): Promise<Answer> {
  if (step.until === undefined) return { answer: false };
  const binding = iterationBinding(session.pipeline, step, { env: session.context.env, iteration });
  const question = { name: step.name, ...step.until };
  const about = { step, part: partName(iteration, "?"), label: { iteration, inner: step.until.script } };
  return await askByScript(question, { ...about, bindings: { iteration: binding } }, session);
}

/** Copies the outputs of the last iteration to their plain paths, now that all of them are complete. */
async function publish(step: RepeatedStep, iteration: number, session: Session): Promise<StepResult> {
  const { context, pipeline, digester, recorder, memos } = session;
  const outputs: [string, string][] = [];
  for (const [key, from] of iterationBinding(pipeline, step, { env: context.env, iteration }).paths) {
    const plain = resolveData(pipeline, key, context.env);
    if (plain.kind !== "path" || context.files.stat(from) === undefined) continue;
    context.files.makeDirectory(dirname(plain.path));
    context.files.copy(from, plain.path);
    outputs.push([relativePath(plain.path, pipeline.baseDir), await digester.digest(plain.path)]);
  }
  const memo = {
    scope: memos.scope,
    step: step.name,
    part: "",
    state: "done" as const,
    fingerprint: JSON.stringify({ last: iteration, of: iterationCount(step) }),
    outputs: JSON.stringify(outputs),
    run: recorder.run,
    at: context.clock.now(),
  };
  memos.set(memo);
  recorder.write((store) => store.memos.put(memo));
  return { status: "done", result: String(iteration + 1) };
}

function forgetOutcome(step: RepeatedStep, { memos, recorder }: Session): void {
  memos.delete(step.name, "");
  recorder.write((store) => store.memos.remove(memos.scope, step.name, ""));
}

/** What of a group is not fresh, in words; empty when all of it is. */
export async function staleness(step: RepeatedStep, session: Session): Promise<readonly string[]> {
  const memo = session.memos.get(step.name);
  if (memo === undefined) return ["never run"];
  const { last, of } = JSON.parse(memo.fingerprint) as { last: number; of: number };
  if (of !== iterationCount(step)) return [`iterations ${of} → ${iterationCount(step)}`];
  for (let iteration = 0; iteration <= last; iteration++) {
    const binding = iterationBinding(session.pipeline, step, { env: session.context.env, iteration });
    for (const inner of step.steps) {
      if (!isWanted(inner, session)) continue;
      const { judgement } = await judgeInner(step, inner, { iteration, binding, session });
      if (judgement.state === "fresh" || judgement.state === "no outputs") continue;
      return judgement.reasons.map((reason) => `iteration ${iteration}, ${inner.name}: ${reason}`);
    }
  }
  for (const [name, digest] of JSON.parse(memo.outputs) as [string, string][]) {
    const now = await session.digester.digest(`${session.pipeline.baseDir}/${name}`);
    if (now !== digest) return [`output ${name} is missing or was changed by hand`];
  }
  return [];
}

async function isAllFresh(step: RepeatedStep, session: Session): Promise<boolean> {
  if (session.skipFresh === "never") return false;
  if (session.skipFresh === "resumed" && !session.finishedBefore.has(step.name)) return false;
  // A group that ends by a condition may end elsewhere now, so its condition is asked again.
  return step.until === undefined && (await staleness(step, session)).length === 0;
}

/** Every command of every iteration, in order, secrets masked. */
export function iterationCommands(
  step: RepeatedStep,
  session: Session,
): readonly { readonly iteration: number; readonly inner: string; readonly command: readonly string[] }[] {
  const { pipeline, context: { env } } = session;
  const count = step.broken?.iteration ?? iterationCount(step);
  return Array.from({ length: count }, (_, iteration) => {
    const bindings = { iteration: iterationBinding(pipeline, step, { env, iteration }) };
    return step.steps.map((inner) => ({ iteration, inner: inner.name, command: commandOf(inner, session, bindings) }));
  }).flat();
}
