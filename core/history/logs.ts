import { LoomError, unknownName } from "../errors.ts";
import type { AttemptRecord, Journal, PointRecord, RunRecord } from "../ports/store.ts";
import { namesInFile, namesSeenFrom } from "./address.ts";

/** An attempt whose output was kept in a file, if there was any. */
export interface LoggedAttempt extends Omit<AttemptRecord, "run" | "command" | "pid"> {
  /** The step without the mark of a point, where one point is looked at. */
  readonly name: string;
}

/**
 * The attempts of a run, of one of its points, or of one step, in the order in which they began.
 *
 * @throws {LoomError} `unknown-step`; `step-not-run`, with the run that did it where one is known.
 */
export function loggedAttempts(
  { run, point, step }: { readonly run: RunRecord; readonly point?: PointRecord; readonly step?: string },
  journal: Journal,
): readonly LoggedAttempt[] {
  const seen = namesSeenFrom(point, point === undefined ? [] : journal.points(run.id));
  const attempts = journal.attempts(run.id).flatMap(({ run: _run, command: _command, pid: _pid, ...attempt }) => {
    const name = seen(attempt.step);
    return name === undefined ? [] : [{ ...attempt, name }];
  });
  if (step === undefined) return attempts;
  const isMeant = (attempt: LoggedAttempt) => attempt.name === step || attempt.step === step;
  const chosen = attempts.filter(isMeant);
  if (chosen.length > 0) return chosen;
  // Of a sweep, without a point: what was done for any of them.
  const nameInFile = namesInFile(journal.points(run.id));
  const all = point === undefined ? attempts.filter((attempt) => nameInFile(attempt.step) === step) : [];
  if (all.length === 0) throw notRun(step, run, journal, (name) => point === undefined ? nameInFile(name) : seen(name));
  return all;
}

function notRun(
  step: string,
  run: RunRecord,
  journal: Journal,
  seen: (step: string) => string | undefined,
): LoomError {
  const skipped = journal.events(run.id).flatMap((event) =>
    event.type === "step_skipped" || event.type === "step_finished" ? [event.step] : []
  );
  const own = skipped.find((name) => name === step || seen(name) === step);
  if (own === undefined) return unknownName("step", step, new Set(skipped.map((name) => seen(name) ?? name)));
  const last = journal.lastStep({ name: run.name, step: own, part: "", at: run.createdAt });
  return new LoomError("step-not-run", `Run ${run.id} did not run step "${step}", so it has no log`, {
    hint: last === undefined ? undefined : `it was run last in ${last.run}: loom log ${last.run} ${own}`,
    data: { id: run.id, step },
  });
}
