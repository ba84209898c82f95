import type { Step, TaskStep } from "../../graph/pipeline.ts";
import { resolveTask } from "../../graph/command.ts";
import { interpolatedNames } from "../../graph/interpolation.ts";
import { branchOf } from "../../graph/resolve.ts";
import { whenValues } from "../../graph/when_values.ts";
import type { FileReader } from "../../ports/files.ts";
import { expandPlaceholder } from "../fresh/placeholder.ts";
import { NO_ITEM } from "./loop_step.ts";
import type { Value } from "../../yaml/value.ts";
import { evaluateWhen, parseWhen } from "../../python/when.ts";
import type { SkipCause } from "../../ports/events.ts";
import type { Session } from "../session/session.ts";

/** How a step of this run ended, as those that depend on it see it. */
export type Ended = "done" | "failed" | "tolerated" | "skipped" | "blocked";

/** Why a step whose turn has come is not run; `undefined`: it is. `ended` holds every step that has ended so far. */
export function skipCause(step: Step, ended: ReadonlyMap<string, Ended>, session: Session): SkipCause | undefined {
  if (session.control.signal.aborted) return { cause: "cancelled" };
  const dependencies = [...session.dependencies.get(step.name) ?? []];
  const failed = dependencies.filter((name) => ended.get(name) === "failed" || ended.get(name) === "blocked");
  if (failed.length > 0) return { cause: "failed", dependencies: failed };
  if (usesUntakenBranch(step, session)) return { cause: "condition" };
  const skipped = dependencies.find((name) =>
    ended.get(name) === "skipped" || (ended.get(name) === "tolerated" && !hasMadeOutputs(name, session))
  );
  if (skipped !== undefined) return { cause: "skipped", dependency: skipped };
  return step.kind === "task" && !isWanted(step, parametersOf(step, session)) ? { cause: "when" } : undefined;
}

/** The values that the `when` of a step, or of those inside a group, asks about. */
export function parametersOf({ name }: Step, { pipeline, context: { env } }: Session): ReadonlyMap<string, Value> {
  return whenValues(pipeline, name, env);
}

/**
 * Whether the `when` of a task holds.
 *
 * @throws {LoomError} If it compares what cannot be compared.
 */
export function isWanted({ when }: TaskStep, parameters: ReadonlyMap<string, Value>): boolean {
  return when === undefined || evaluateWhen(parseWhen(when, { names: parameters.keys() }), parameters);
}

function usesUntakenBranch(step: Step, { pipeline, taken }: Session): boolean {
  if (taken.size === 0) return false;
  return [...textsOf(step)].flatMap(referencesIn).some((text) => {
    const branch = branchOf(pipeline, text);
    const went = branch === undefined ? undefined : taken.get(branch.step.name);
    return went !== undefined && went !== branch!.branch;
  });
}

/** The text itself, and what is put into it. */
function referencesIn(text: string): readonly string[] {
  return [text, ...interpolatedNames(text).map((name) => `$${name}`)];
}

/** Every text of a step that may be a reference to what it reads. */
function* textsOf(step: Step): Generator<string> {
  if (step.kind === "switch") {
    yield step.condition;
    if (step.data !== undefined) yield step.data;
  } else if (step.kind === "repeated") {
    for (const inner of step.steps) yield* textsOf(inner);
    if (step.until !== undefined) {
      yield* step.until.inputs.values();
      yield* texts(step.until.args.values());
    }
  } else {
    yield* step.inputs.values();
    yield* texts(step.args.values());
    if (step.kind === "task" && step.loop !== undefined) yield step.loop.over;
  }
}

function* texts(values: Iterable<Value>): Generator<string> {
  for (const value of values) if (typeof value === "string") yield value;
}

/** Whether a step that failed and was forgiven left everything it declares. */
function hasMadeOutputs(name: string, { pipeline, context: { env, files } }: Session): boolean {
  const step = pipeline.steps.find((step) => step.name === name);
  if (step?.kind !== "task") return false;
  const { outputs, into } = resolveTask(pipeline, step, { env, bindings: { loop: NO_ITEM } });
  const paths = into === undefined ? outputs.map(({ path }) => path) : [into];
  return paths.every((path) => isMade(path, files));
}

/** Whether an output is there; of one with `{name}`, whether any file matches. */
export function isMade(path: string, files: FileReader): boolean {
  return expandPlaceholder(path, files).some((path) => files.stat(path) !== undefined);
}
