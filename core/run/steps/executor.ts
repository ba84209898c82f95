import { resolveTask } from "../../graph/command.ts";
import type { Step, TaskStep } from "../../graph/pipeline.ts";
import { runCondition, runSwitch } from "./condition.ts";
import { asFailure } from "./failure.ts";
import { type Judged, judgeOrSkip } from "../fresh/judged.ts";
import { runLoopStep } from "./loop_step.ts";
import { runRepeated } from "./repeated.ts";
import type { Session, StepResult } from "../session/session.ts";
import { localCopies, subjectOf } from "../fresh/subject.ts";
import { runTaskWork } from "./task_work.ts";

/** Does steps: for real, or only telling what it would do. */
export interface StepExecutor {
  /**
   * Does one step and tells how it ended; failures are values. Tells listeners when it starts, not when it ends.
   * `release` may be called when its program is over, before the step is.
   */
  execute(step: Step, session: Session, release: () => void): StepResult | Promise<StepResult>;
}

/** Runs scripts, asks conditions, repeats groups. */
export const realExecutor: StepExecutor = {
  execute(step, session, release) {
    try {
      const result = executeKind(step, session, release);
      return result instanceof Promise ? result.catch((error) => asFailure(error, session)) : result;
    } catch (error) {
      return asFailure(error, session);
    }
  },
};

function executeKind(step: Step, session: Session, release: () => void): StepResult | Promise<StepResult> {
  switch (step.kind) {
    case "condition":
      return runCondition(step, session);
    case "switch":
      return runSwitch(step, session);
    case "repeated":
      return runRepeated(step, session);
    case "task":
      return step.loop === undefined ? executeTask(step, session, release) : runLoopStep(step, session);
  }
}

// Ten thousand fresh steps are passed over without one promise: whatever is known at once is decided at once.
function executeTask(step: TaskStep, session: Session, release: () => void): StepResult | Promise<StepResult> {
  const resolved = resolveTask(session.pipeline, step, { env: session.context.env });
  const copies = localCopies(resolved, session);
  if (copies instanceof Promise) return copies.then((copies) => executeWith(copies));
  return executeWith(copies);

  function executeWith(copies: ReadonlyMap<string, string>): StepResult | Promise<StepResult> {
    const subject = subjectOf({ step, part: "", task: step, resolved }, session, copies);
    const judged = judgeOrSkip(subject, session);
    return judged instanceof Promise
      ? judged.then((judged) => proceed(judged, { task: step, session, release }))
      : proceed(judged, { task: step, session, release });
  }
}

function proceed(
  { subject, judgement, isFresh }: Judged,
  { task, session, release }: { readonly task: TaskStep; readonly session: Session; readonly release: () => void },
): StepResult | Promise<StepResult> {
  if (isFresh) return { status: "fresh" };
  const announce = (command: readonly string[]) =>
    session.recorder.emit({ type: "step_started", step: task.name, detail: { kind: "task" }, command, attempt: 1 });
  return runTaskWork({ subject, task, judgement, label: {}, announce, release }, session);
}
