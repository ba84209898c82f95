import { resolveTask } from "../../graph/command.ts";
import { basename } from "../../paths.ts";
import type { RepeatedStep, TaskStep } from "../../graph/pipeline.ts";
import { runCondition, runSwitch } from "./condition.ts";
import type { StepExecutor } from "./executor.ts";
import { loopItems, NO_ITEM } from "./loop_step.ts";
import { iterationCommands, iterationCount } from "./repeated_state.ts";
import type { Session, StepResult } from "../session/session.ts";
import { commandOf } from "./task_work.ts";

/** Tells what would run and starts no script of a task; conditions are asked, because what follows depends on them. */
export const dryExecutor: StepExecutor = {
  execute(step, session) {
    switch (step.kind) {
      case "condition":
        return runCondition(step, session);
      case "switch":
        return runSwitch(step, session);
      case "repeated":
        return showRepeated(step, session);
      case "task":
        return step.loop === undefined ? showTask(step, session) : showLoop(step, session);
    }
  },
};

function showTask(step: TaskStep, session: Session): StepResult {
  const command = commandOf(step, session);
  session.recorder.emit({ type: "step_started", step: step.name, detail: { kind: "task" }, command, attempt: 1 });
  return { status: "done" };
}

function showLoop(step: TaskStep, session: Session): StepResult {
  const { recorder, context, pipeline } = session;
  const { over, into } = resolveTask(pipeline, step, { env: context.env, bindings: { loop: NO_ITEM } });
  const items = loopItems({ over: over!, into: into! }, step.loop!.filter, context.files) ?? [];
  const parallel = step.loop!.parallel ?? session.parallel;
  const detail = { kind: "loop", items: items.length, parallel } as const;
  recorder.emit({ type: "step_started", step: step.name, detail, attempt: 1 });
  items.forEach(({ name, binding }, index) => {
    const item = { index: index + 1, total: items.length, name: basename(name) };
    recorder.emit({
      type: "part_started",
      step: step.name,
      item,
      command: commandOf(step, session, { loop: binding }),
    });
  });
  return { status: "done" };
}

function showRepeated(step: RepeatedStep, session: Session): StepResult {
  const { recorder } = session;
  const iterations = iterationCount(step);
  recorder.emit({ type: "step_started", step: step.name, detail: { kind: "repeated", iterations }, attempt: 1 });
  let shown = -1;
  for (const { iteration, inner, command } of iterationCommands(step, session)) {
    if (iteration !== shown) recorder.emit({ type: "iteration_started", step: step.name, iteration });
    recorder.emit({ type: "part_started", step: step.name, iteration, inner, command });
    shown = iteration;
  }
  if (step.broken === undefined) return { status: "done" };
  return { status: "failed", error: `iteration ${step.broken.iteration}: ${step.broken.reason}` };
}
