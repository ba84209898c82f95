import { isFreshByTimes, judge, type Judgement, type Subject } from "./freshness.ts";
import type { Session } from "../session/session.ts";

/** A subject, what was found out about it, and whether this run passes it over. */
export interface Judged {
  readonly subject: Subject;
  readonly judgement: Judgement;
  readonly isFresh: boolean;
}

/** Judges a subject and decides whether it has to run: at once when every digest is known. */
export function judgeOrSkip(subject: Subject, session: Session): Judged | Promise<Judged> {
  const judgement = judge(subject, session);
  if (judgement instanceof Promise) return judgement.then((judgement) => decide(subject, judgement, session));
  return decide(subject, judgement, session);
}

function decide(subject: Subject, judgement: Judgement, session: Session): Judged {
  return { subject, judgement, isFresh: isFresh(subject, judgement, session) };
}

function isFresh(subject: Subject, { state, byTimes }: Judgement, session: Session): boolean {
  const { skipFresh, finishedBefore, recorder, pointSteps } = session;
  const { name } = subject.step;
  if (skipFresh === "never") return false;
  // A run that is resumed passes over what it had finished, also what has no outputs to look at.
  if (finishedBefore.has(name) && (state === "fresh" || state === "no outputs")) return true;
  // A point that was finished is not done again, whether or not its steps leave something to look at.
  if (state === "no outputs" && pointSteps.has(name)) return true;
  if (skipFresh === "recorded") return !byTimes && state === "fresh";
  if (skipFresh === "resumed") return subject.part !== "" && (state === "fresh" || state === "no outputs");
  if (!byTimes) return state === "fresh" || (state === "no outputs" && hasUnnamedResult(subject, session));
  // A step that had begun and not finished may be among what was lost: its half-written output would look fresh.
  if (!isFreshByTimes(subject, session) || recorder.store?.hasLostHistory()) return false;
  if (session.judgedByTimes.has(name)) return true;
  session.judgedByTimes.add(name);
  const message = `Step "${name}" was never recorded here; judged fresh by the modification times of its files`;
  recorder.emit({ type: "notice", level: "hint", code: "judged-by-times", message, step: name });
  return true;
}

/** An item of a loop whose script chooses the name of its result: only the folder can be looked at. */
function hasUnnamedResult({ source }: Subject, { context }: Session): boolean {
  return source.task.into !== undefined && context.files.stat(source.task.into) !== undefined;
}
