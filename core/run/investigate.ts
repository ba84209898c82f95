/**
 * What one step or group is, for people who look before they run. Data only; faces lay it out.
 *
 * @module
 */

import type { Context } from "../context.ts";
import { LoomError, setUp, unknownName } from "../errors.ts";
import { dependencies } from "../graph/dependencies.ts";
import type { TaskSchema } from "../python/front_matter.ts";
import type { ConditionStep, Pipeline, RepeatedStep, Step, SwitchStep, TaskStep } from "../graph/pipeline.ts";
import { resolveScript } from "../graph/resolve.ts";
import { readTaskInterface } from "../python/task_interface.ts";
import { pyStr } from "../yaml/value.ts";
import { rowOf, sourceOf, type StepRow } from "./describe.ts";

/** A label or flag with what is written for it. */
export interface Binding {
  readonly name: string;
  readonly text: string;
}

/** What is known of one step. */
export type StepFacts =
  | {
    readonly kind: "task";
    readonly name: string;
    /** As written. */
    readonly task: string;
    /** Absolute. */
    readonly script: string;
    readonly schema: TaskSchema;
  }
  | {
    readonly kind: "condition";
    readonly name: string;
    /** The predicate, or the script as written. */
    readonly source: string;
    readonly negate: boolean;
    readonly inputs: readonly Binding[];
    readonly args: readonly Binding[];
  }
  | { readonly kind: "switch"; readonly name: string; readonly condition: string; readonly data?: string }
  | { readonly kind: "repeated"; readonly name: string; readonly group: GroupFacts };

/** A member of a group, with the steps it waits for, sorted by name. */
export interface MemberRow extends StepRow {
  readonly inGroup: readonly string[];
  readonly external: readonly string[];
}

/** What is known of one group. */
export interface GroupFacts {
  readonly name: string;
  /** Times it is repeated; absent for a plain group. */
  readonly iterations?: number;
  readonly members: readonly MemberRow[];
}

/**
 * What one step takes and gives; for a task as its script declares it, read and never run.
 *
 * @throws {LoomError} `unknown-step`, `unset-variable`, and `script-not-found` if the task's script is not there.
 */
export function investigateStep(pipeline: Pipeline, name: string, context: Context): StepFacts {
  const step = pipeline.steps.find((it) => it.name === name);
  if (step === undefined) throw unknownStep(pipeline, name);
  switch (step.kind) {
    case "task":
      return taskFacts(pipeline, step, context);
    case "condition":
      return conditionFacts(step);
    case "switch":
      return switchFacts(step);
    case "repeated":
      return { kind: "repeated", name, group: investigateGroup(pipeline, name, context) };
  }
}

function unknownStep(pipeline: Pipeline, name: string): LoomError {
  const owner = pipeline.steps.find((it) => it.kind === "repeated" && it.steps.some((inner) => inner.name === name));
  if (owner === undefined) return unknownName("step", name, pipeline.steps.map((it) => it.name));
  const hint = `it is a step of the repeated group '${owner.name}'; look at that with --group`;
  return new LoomError("unknown-step", `Unknown step '${name}'`, { hint, data: { name } });
}

function taskFacts(pipeline: Pipeline, step: TaskStep, context: Context): StepFacts {
  const script = resolveScript(pipeline, step.task, context.env);
  if ("missing" in script) {
    const message = `Cannot find the script of step '${step.name}': the variable ${script.missing} is not set`;
    throw setUp("unset-variable", message, `set ${script.missing}; the task is '${step.task}'`);
  }
  const source = context.files.stat(script.path)?.kind === "file" ? context.files.readText(script.path) : undefined;
  if (source === undefined) {
    throw new LoomError("script-not-found", `Script not found: ${script.path}`, {
      hint: `step '${step.name}' names it as '${step.task}'`,
      data: { step: step.name, path: script.path },
    });
  }
  const schema = readTaskInterface(source, script.path);
  return { kind: "task", name: step.name, task: step.task, script: script.path, schema };
}

function conditionFacts(step: ConditionStep): StepFacts {
  const { name, negate } = step;
  const inputs = [...step.inputs].map(([label, text]) => ({ name: label, text }));
  const args = [...step.args].map(([flag, value]) => ({ name: flag, text: pyStr(value) }));
  return { kind: "condition", name, source: sourceOf(step), negate, inputs, args };
}

function switchFacts({ name, condition, data }: SwitchStep): StepFacts {
  return { kind: "switch", name, condition, data };
}

/**
 * The members of a group and what each waits for, in the group and outside of it.
 *
 * @throws {LoomError} `unknown-group`.
 */
export function investigateGroup(pipeline: Pipeline, name: string, context: Context): GroupFacts {
  const repeated = pipeline.steps.find((step): step is RepeatedStep => step.kind === "repeated" && step.name === name);
  const opened = repeated === undefined ? pipeline : unrolled(pipeline, repeated);
  const members: readonly Step[] = repeated?.steps ?? pipeline.steps.filter((step) => step.group === name);
  if (members.length === 0 && !pipeline.groups.includes(name)) throw unknownName("group", name, pipeline.groups);
  const waits = dependencies(opened, context.env);
  const names = new Set(members.map((step) => step.name));
  const rows = members.map((step, i) => memberRow(rowOf(step, i + 1), waits.get(step.name) ?? new Set(), names));
  return repeated === undefined
    ? { name, members: rows }
    : { name, iterations: repeated.iterations.length, members: rows };
}

// The steps of one iteration, standing where the group stands.
function unrolled(pipeline: Pipeline, repeated: RepeatedStep): Pipeline {
  return {
    ...pipeline,
    steps: pipeline.steps.flatMap((step): readonly Step[] => step === repeated ? repeated.steps : [step]),
  };
}

function memberRow(row: StepRow, waits: ReadonlySet<string>, members: ReadonlySet<string>): MemberRow {
  const sorted = [...waits].toSorted();
  return {
    ...row,
    inGroup: sorted.filter((name) => members.has(name)),
    external: sorted.filter((name) => !members.has(name)),
  };
}
