import { iterationBinding } from "../../graph/command.ts";
import type { RepeatedStep } from "../../graph/pipeline.ts";
import { joinPath } from "../../paths.ts";
import { judge } from "../fresh/freshness.ts";
import { knownAnswer } from "./remembered_answer.ts";
import { innerSubject, InnerTurns } from "./repeated_inner.ts";
import type { Session } from "../session/session.ts";
import { commandOf } from "./task_work.ts";

/** How many iterations a group makes at the most. */
export function iterationCount(step: RepeatedStep): number {
  return Math.max(step.iterations.length, (step.broken?.iteration ?? -1) + 1);
}

/** Whether a group declares no outputs at all, so that nothing tells whether it is fresh. */
export function hasNoOutputs(step: RepeatedStep): boolean {
  return step.steps.every((inner) => inner.outputs.size === 0);
}

/** What the group's condition is asked after an iteration, and where the asking belongs; only for a group with one. */
export function questionOf(step: RepeatedStep, iteration: number, session: Session) {
  const until = step.until!;
  const { pipeline, context: { env } } = session;
  const bindings = { iteration: iterationBinding(pipeline, step, { env, iteration }) };
  return {
    question: { name: step.name, ...until },
    about: { step, part: `${iteration}/?`, label: { iteration, inner: until.script }, bindings },
  };
}

/** What of a group is not fresh, in words; empty when all of it is. */
export async function staleness(step: RepeatedStep, session: Session): Promise<readonly string[]> {
  const memo = session.memos.get(step.name);
  if (memo === undefined) return hasBegun(step, session) ? ["the last attempt did not finish"] : ["never run"];
  const { last, of } = JSON.parse(memo.fingerprint) as { last: number; of: number };
  if (of !== iterationCount(step)) return [`iterations ${of} → ${iterationCount(step)}`];
  for (let iteration = 0; iteration <= last; iteration++) {
    const reasons = await iterationStaleness(step, iteration, session);
    if (reasons.length > 0) return reasons.map((reason) => `iteration ${iteration}, ${reason}`);
    const ends = await endsAt(step, iteration, session);
    if (ends === undefined || (ends !== (iteration === last) && iteration !== of - 1)) return ["condition"];
  }
  for (const [name, digest] of JSON.parse(memo.outputs) as [string, string][]) {
    const now = await session.digester.digest(joinPath(session.pipeline.baseDir, name));
    if (now !== digest) return [`output ${name} is missing or was changed by hand`];
  }
  return [];
}

/** A group that was cut off has left records of its parts, but none of its own. */
function hasBegun(step: RepeatedStep, { memos }: Session): boolean {
  return memos.ofStep(step.name).length > 0;
}

async function iterationStaleness(
  step: RepeatedStep,
  iteration: number,
  session: Session,
): Promise<readonly string[]> {
  const binding = iterationBinding(session.pipeline, step, { env: session.context.env, iteration });
  const turns = new InnerTurns(step, binding, session);
  for (const inner of step.steps) {
    if (turns.skipCause(inner) !== undefined) {
      turns.skip(inner);
      continue;
    }
    const { state, reasons } = await judge(await innerSubject(inner, { step, iteration, binding }, session), session);
    if (state !== "fresh" && state !== "no outputs") return reasons.map((reason) => `${inner.name}: ${reason}`);
  }
  return [];
}

/** Whether the group's condition said that this is the last iteration; `undefined` when it would have to be asked. */
async function endsAt(step: RepeatedStep, iteration: number, session: Session): Promise<boolean | undefined> {
  if (step.until === undefined) return iteration === iterationCount(step) - 1;
  const { question, about } = questionOf(step, iteration, session);
  return await knownAnswer({ ...question, script: step.until.script }, about, session);
}

/** Whether this run passes over the group as a whole. */
export async function isAllFresh(step: RepeatedStep, session: Session): Promise<boolean> {
  const { skipFresh, finishedBefore } = session;
  if (skipFresh === "never" || step.broken !== undefined) return false;
  const isFinished = finishedBefore.has(step.name);
  if (!isFinished && (skipFresh === "resumed" || hasNoOutputs(step))) return false;
  return (await staleness(step, session)).length === 0;
}

/** Every command of every iteration, in order, secrets masked. */
export function iterationCommands(
  step: RepeatedStep,
  session: Session,
): readonly { readonly iteration: number; readonly inner: string; readonly command: readonly string[] }[] {
  const { pipeline, context: { env } } = session;
  const count = step.broken?.iteration ?? iterationCount(step);
  return Array.from({ length: count }, (_, iteration) => {
    const binding = iterationBinding(pipeline, step, { env, iteration });
    const turns = new InnerTurns(step, binding, session);
    return step.steps.flatMap((inner) => {
      if (turns.skipCause(inner) === undefined) {
        return [{ iteration, inner: inner.name, command: commandOf(inner, session, { iteration: binding }) }];
      }
      turns.skip(inner);
      return [];
    });
  }).flat();
}
