/**
 * The steps of a pipeline as rows of a list. Data only; faces lay it out.
 *
 * @module
 */

import type { ConditionStep, Pipeline, RepeatedStep, Step } from "../graph/pipeline.ts";

/** One step in a list. */
export interface StepRow {
  /** Place in the list, from 1. */
  readonly number: number;
  readonly name: string;
  /** The task as written, or what the step is, such as `[condition: count]`. */
  readonly what: string;
  /** Such as `[optional]` and `[disabled]`. */
  readonly tags: readonly string[];
  /** Set when it is in a group. A heading stands wherever this changes. */
  readonly group?: string;
  /** Of a repeated group: its steps, as written. */
  readonly inner?: readonly { readonly name: string; readonly what: string }[];
}

/** Every step of the pipeline in file order. */
export function listSteps(pipeline: Pipeline): readonly StepRow[] {
  return pipeline.steps.map((step, i) => rowOf(step, i + 1));
}

/** One step as row `number` of a list. */
export function rowOf(step: Step, number: number): StepRow {
  const tags = [...(step.optional ? ["[optional]"] : []), ...(step.disabled ? ["[disabled]"] : [])];
  const row = { number, name: step.name, what: whatOf(step), tags, group: step.group };
  if (step.kind !== "repeated") return row;
  const inner = step.steps.map(({ name, task }) => ({ name, what: task }));
  return { ...row, group: step.group ?? step.name, inner };
}

function whatOf(step: Step): string {
  switch (step.kind) {
    case "task":
      return step.task;
    case "condition":
      return `[condition: ${sourceOf(step)}]`;
    case "switch":
      return `[switch: ${step.condition}]`;
    case "repeated":
      return `[multi_pass: ${countOf(step)}]`;
  }
}

/** What a condition asks: its predicate, or its script as written. */
export function sourceOf(step: ConditionStep): string {
  return step.predicate ?? step.script ?? "";
}

function countOf({ iterations }: RepeatedStep): string {
  return iterations.length === 1 ? "1 iteration" : `${iterations.length} iterations`;
}
