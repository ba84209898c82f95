/**
 * How a box looks because of what was run and what is on the disk: freshness and run are told apart.
 *
 * @module
 */

import type { Box, Canvas } from "./canvas.ts";
import { seenStep } from "./run_steps.ts";
import type { RunView, StepView } from "./run_view.ts";

/** Freshness of the steps, by their names. */
export type Freshness = ReadonlyMap<string, { readonly state: string; readonly reasons: readonly string[] }>;

/** What is shown at a step. */
export interface Look {
  /** `fresh`, `stale`, `missing`, `modified`, `never run`, `no outputs`. */
  readonly freshness?: string;
  readonly why?: string;
  readonly step?: StepView;
  /** On the longest way through the last run. */
  readonly isCritical?: boolean;
  /** The person would not see it run: the other branch is taken. */
  readonly isUntaken?: boolean;
  /** What a condition says: `true`, `false`; a switch: `then`, `else`. */
  readonly answer?: string;
  /** Why that cannot be told. */
  readonly unanswered?: string;
}

/** The look of a step of the canvas; inner steps of a repeated group have their group's. */
export function lookOf(
  box: Pick<Box, "id" | "group">,
  facts: { readonly status: Freshness; readonly run?: RunView; readonly groups: ReadonlySet<string> },
): Look {
  const isInner = box.group !== undefined && facts.groups.has(box.group);
  const name = isInner ? box.group! : box.id;
  const status = facts.status.get(name);
  const run = facts.run;
  const isLong = run !== undefined && run.criticalPath.length > 1;
  return {
    freshness: status?.state,
    why: status?.reasons.join(", "),
    step: seenStep(run, box.id, isInner ? name : undefined),
    isCritical: isLong && run.criticalPath.includes(name),
  };
}

/** In one word, for places that have room for one colour only. */
export function mainState({ freshness, step }: Look): string {
  if (step?.standing === "running" || step?.standing === "failed") return step.standing;
  return freshness ?? step?.standing ?? "";
}

/**
 * The steps that would be skipped, as conditions stand: those that take the branch of a switch that is not taken, and
 * those that take what they make.
 */
export function untaken({ boxes, lines }: Canvas, answers: ReadonlyMap<string, string>): ReadonlySet<string> {
  const kinds = new Map(boxes.map(({ id, kind }) => [id, kind]));
  const open = lines.filter(({ source, sourceHandle }) => {
    const answer = answers.get(source);
    return (sourceHandle === "then" || sourceHandle === "else") && answer !== undefined && answer !== sourceHandle;
  }).map(({ target }) => target);
  const found = new Set<string>();
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (found.has(at)) continue;
    found.add(at);
    for (const { source, target, feedback } of lines) {
      if (source === at && !feedback && (kinds.get(at) === "data" || target.startsWith("data_"))) open.push(target);
    }
  }
  return found;
}
