import { resolveTask } from "../../graph/command.ts";
import { dependencies } from "../../graph/dependencies.ts";
import type { RepeatedStep, TaskStep } from "../../graph/pipeline.ts";
import type { IterationBinding } from "../../graph/resolve.ts";
import type { SkipCause } from "../../ports/events.ts";
import { orFailure } from "./failure.ts";
import type { Subject } from "../fresh/freshness.ts";
import { judgeOrSkip } from "../fresh/judged.ts";
import { finishPart } from "./part.ts";
import type { Session, StepResult } from "../session/session.ts";
import { localCopies, subjectOf } from "../fresh/subject.ts";
import { runTaskWork } from "./task_work.ts";
import { isMade, isWanted, parametersOf } from "./turn.ts";

/** One iteration of a repeated group. */
export interface Iteration {
  readonly step: RepeatedStep;
  readonly iteration: number;
  readonly binding: IterationBinding;
}

/** Whose turn it is in one iteration: the steps inside a group depend on each other as steps of a pipeline do. */
export class InnerTurns {
  readonly #links: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #step: RepeatedStep;
  readonly #binding: IterationBinding;
  readonly #session: Session;
  readonly #without = new Set<string>();

  constructor(step: RepeatedStep, binding: IterationBinding, session: Session) {
    this.#links = linksIn(step, session);
    this.#step = step;
    this.#binding = binding;
    this.#session = session;
  }

  /** Why a step is left out of this iteration; ask in file order. */
  skipCause(inner: TaskStep): SkipCause | undefined {
    const dependency = [...this.#links.get(inner.name) ?? []].find((name) => this.#without.has(name));
    if (dependency !== undefined) return { cause: "skipped", dependency };
    // In an iteration a name means that iteration's value, in `when` as in args.
    const parameters = new Map([...parametersOf(this.#step, this.#session), ...this.#binding.values]);
    return isWanted(inner, parameters) ? undefined : { cause: "when" };
  }

  /** Takes note that a step is left out. */
  skip(inner: TaskStep): void {
    this.#without.add(inner.name);
  }

  /** Takes note that a step failed and may: what depends on it goes on if everything it declares is there. */
  forgive(inner: TaskStep): void {
    const { pipeline, context: { env, files } } = this.#session;
    const { outputs } = resolveTask(pipeline, inner, { env, bindings: { iteration: this.#binding } });
    if (!outputs.every(({ path }) => isMade(path, files))) this.skip(inner);
  }
}

const knownLinks = new WeakMap<RepeatedStep, ReadonlyMap<string, ReadonlySet<string>>>();

function linksIn(step: RepeatedStep, { pipeline, context }: Session): ReadonlyMap<string, ReadonlySet<string>> {
  let links = knownLinks.get(step);
  if (links === undefined) {
    knownLinks.set(step, links = dependencies({ ...pipeline, steps: step.steps }, context.env));
  }
  return links;
}

/** Name of the part that is one step of one iteration. */
function partName(iteration: number, inner: string): string {
  return `${iteration}/${inner}`;
}

/** What an inner step reads and makes in one iteration. */
export async function innerSubject(inner: TaskStep, at: Iteration, session: Session): Promise<Subject> {
  const { step, iteration, binding } = at;
  const bindings = { iteration: binding };
  const resolved = resolveTask(session.pipeline, inner, { env: session.context.env, bindings });
  const copies = await localCopies(resolved, session);
  const subject = subjectOf({ step, part: partName(iteration, inner.name), task: inner, resolved }, session, copies);
  if (iteration === step.iterations.length - 1) return subject;
  // What has one path in all iterations is the next one's to write: only the last can be judged by it.
  const own = new Set(binding.paths.values());
  return { ...subject, outputs: subject.outputs.filter((path) => own.has(path)) };
}

/** Runs one step of one iteration, unless it is fresh. */
export async function runInner(inner: TaskStep, at: Iteration, session: Session): Promise<StepResult> {
  const { recorder, context } = session;
  const { step: { name: step }, iteration } = at;
  const label = { iteration, inner: inner.name };
  const startedMs = context.clock.monotonicMs();
  const announce = (command: readonly string[]) => recorder.emit({ type: "part_started", step, ...label, command });
  const result = await orFailure(async () => {
    const judged = await judgeOrSkip(await innerSubject(inner, at, session), session);
    if (judged.isFresh) return { status: "fresh" };
    const { subject, judgement } = judged;
    return await session.pool.use(inner.resources, async () => {
      // The wait for a worker may have been long.
      if (session.control.signal.aborted) return { status: "cancelled" };
      return await runTaskWork({ subject, judgement, task: inner, label, announce }, session);
    });
  }, session);
  const tolerated = result.status === "failed" && inner.continueOnError ? true : undefined;
  finishPart({ step, label, startedMs, result, tolerated }, session);
  return result;
}
