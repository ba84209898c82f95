/**
 * What a repeated group hands from one iteration to the next.
 *
 * @module
 */

import type { Feedback, TaskStep } from "../pipeline.ts";
import { didYouMean, type Section, show } from "./section.ts";
import type { Value } from "../../yaml/value.ts";

/** A spec that was taken apart: the step it names and what stands after the dot. */
interface Point {
  readonly step: TaskStep;
  readonly name: string;
}

/** The `feedback` of a group, `{"train.--out": "train.--resume"}`, checked against its steps. */
export function parseFeedback(settings: Section, steps: readonly TaskStep[]): readonly Feedback[] {
  const section = settings.section("feedback");
  if (section === undefined) return [];
  const byName = new Map(steps.map((step) => [step.name, step]));
  const feedback: Feedback[] = [];
  for (const [spec, value] of section.entries()) {
    const source = sourcePoint(section, spec, byName);
    const target = targetPoint(section, { spec, value }, byName);
    if (source === undefined || target === undefined) continue;
    feedback.push({
      source: { step: source.step.name, flag: source.name },
      target: { step: target.step.name, name: target.name },
    });
  }
  return feedback;
}

function sourcePoint(section: Section, spec: string, steps: ReadonlyMap<string, TaskStep>): Point | undefined {
  const point = pointOf(spec, steps);
  if (typeof point === "string") {
    const code = "invalid-feedback";
    section.error({
      code,
      message: `feedback from '${spec}': ${point}`,
      hint: hintFor(spec, steps),
      under: [spec],
      atKey: true,
    });
    return undefined;
  }
  if (point.step.outputs.has(point.name)) return point;
  section.error({
    code: "unknown-flag",
    message: `feedback from '${spec}': step '${point.step.name}' has no output '${point.name}'`,
    hint: didYouMean(point.name, point.step.outputs.keys()),
    under: [spec],
    atKey: true,
  });
  return undefined;
}

/** Any flag will do: one that is no input becomes an arg. */
function targetPoint(
  section: Section,
  { spec, value }: { readonly spec: string; readonly value: Value },
  steps: ReadonlyMap<string, TaskStep>,
): Point | undefined {
  const point = typeof value === "string" ? pointOf(value, steps) : "it must be 'step.flag'";
  if (typeof point !== "string") return point;
  const hint = typeof value === "string" ? hintFor(value, steps) : undefined;
  section.error({ code: "invalid-feedback", message: `feedback to ${show(value)}: ${point}`, hint, under: [spec] });
  return undefined;
}

/** The point, or what is wrong with it. The first dot that ends the name of a step counts, so names may hold dots. */
function pointOf(spec: string, steps: ReadonlyMap<string, TaskStep>): Point | string {
  const first = spec.indexOf(".");
  if (first < 0) return "it must be 'step.flag'";
  for (let dot = first; dot >= 0; dot = spec.indexOf(".", dot + 1)) {
    const step = steps.get(spec.slice(0, dot));
    if (step !== undefined) return { step, name: spec.slice(dot + 1) };
  }
  return `the group has no step '${spec.slice(0, first)}'`;
}

function hintFor(spec: string, steps: ReadonlyMap<string, TaskStep>): string | undefined {
  const dot = spec.indexOf(".");
  return dot < 0 ? undefined : didYouMean(spec.slice(0, dot), steps.keys());
}
