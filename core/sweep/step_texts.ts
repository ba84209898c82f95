/**
 * Every text of a step: to see what it mentions, and to write it anew for a point.
 *
 * @module
 */

import { mapStep, REFERENCE_ROLES, type TextPlace } from "../graph/map_texts.ts";
import type { Step, TaskStep } from "../graph/pipeline.ts";

/** What a text is. */
export interface TextUse {
  /** A `$name` that is the whole text is a reference. */
  readonly isReference: boolean;
  /** It names a file or folder, from the base directory. */
  readonly isPath: boolean;
  /** Names that mean something else here: values of an iteration, which come before parameters in args. */
  readonly bound: ReadonlySet<string>;
}

/** Writes texts anew. */
export interface Rewriter {
  text(text: string, use: TextUse): string;
  /** A question about parameters. */
  when(text: string, bound: ReadonlySet<string>): string;
  /** What decides a switch: a condition, with or without a dollar, or a parameter. */
  decider(text: string): string;
}

const NONE: ReadonlySet<string> = new Set();
const PATHS: ReadonlySet<TextPlace["role"]> = new Set<TextPlace["role"]>(["place", "script", "path"]);

/** The step with all of its texts written anew; its name stays. */
export function rewriteStep(step: Step, rewriter: Rewriter): Step {
  const mapped = mapStep(
    step,
    (text, place) => place.role === "decider" ? rewriter.decider(text) : rewriter.text(text, useOf(place)),
  );
  if (mapped.kind === "task") return rewriteWhen(mapped, rewriter, NONE);
  if (mapped.kind !== "repeated") return mapped;
  const bound = boundIn(mapped);
  return { ...mapped, steps: mapped.steps.map((inner) => rewriteWhen(inner, rewriter, bound)) };
}

function useOf({ role, bound }: TextPlace): TextUse {
  return { isReference: REFERENCE_ROLES.has(role), isPath: PATHS.has(role), bound: role === "value" ? bound : NONE };
}

function boundIn(step: Extract<Step, { kind: "repeated" }>): ReadonlySet<string> {
  return new Set(step.iterations.flatMap((values) => [...values.keys()]));
}

function rewriteWhen(step: TaskStep, rewriter: Rewriter, bound: ReadonlySet<string>): TaskStep {
  return step.when === undefined ? step : { ...step, when: rewriter.when(step.when, bound) };
}

/** Every text of a step with what it is. */
export function stepTexts(step: Step): readonly (readonly [text: string, use: TextUse])[] {
  const found: (readonly [string, TextUse])[] = [];
  mapStep(step, (text, place) => (found.push([text, useOf(place)]), text));
  return found;
}

/** Every `when` of a step, with the names that an iteration gives. */
export function stepQuestions(step: Step): readonly (readonly [text: string, bound: ReadonlySet<string>])[] {
  if (step.kind === "task") return step.when === undefined ? [] : [[step.when, NONE]];
  if (step.kind !== "repeated") return [];
  const bound = boundIn(step);
  return step.steps.flatMap(({ when }) => when === undefined ? [] : [[when, bound] as const]);
}
