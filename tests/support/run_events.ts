import type { RunEvent, RunFact, StepDetail } from "../../core/ports/events.ts";

/** Facts as the events of one run: numbered, one second apart. */
export function eventsOf(facts: readonly RunFact[]): readonly RunEvent[] {
  return facts.map((fact, i) => ({ ...fact, seq: i + 1, at: (i + 1) * 1000, run: "0123456789ab" }));
}

/** The start of a sequential run. */
export function runStarted(
  total: number,
  options: { parallel?: boolean; maxWorkers?: number; dryRun?: boolean } = {},
): RunFact {
  return { type: "run_started", name: "pipeline", total, parallel: false, dryRun: false, ...options };
}

/** The start of a step's first attempt. */
export function started(step: string, detail: StepDetail = { kind: "task" }, command?: readonly string[]): RunFact {
  return { type: "step_started", step, detail, command, attempt: 1 };
}

/** A piece of standard output. */
export function wrote(step: string, text: string): RunFact {
  return { type: "output", step, stream: "stdout", text };
}

/** A step that ended well after a second. */
export function finished(step: string, result?: string): RunFact {
  return { type: "step_finished", step, status: "done", exitCode: 0, durationMs: 1000, result };
}

/** A step that ended badly after a second. */
export function failed(step: string, how: { exitCode?: number; signal?: string; error?: string }): RunFact {
  return { type: "step_finished", step, status: "failed", durationMs: 1000, ...how };
}

/** The end of a run. */
export function runFinished(succeeded: number, total: number, skipped = 0): RunFact {
  const status = succeeded + skipped === total ? "done" : "failed";
  return { type: "run_finished", status, succeeded, skipped, total, durationMs: 5000, criticalPath: [] };
}
