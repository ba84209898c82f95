/**
 * How a box looks because of what was run and what is on the disk: freshness and run are told apart.
 *
 * @module
 */

import type { Canvas } from "./canvas.ts";
import type { StepView } from "./run_view.ts";

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
