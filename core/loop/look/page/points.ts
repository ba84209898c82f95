/**
 * The steps of a run as points of charts.
 *
 * @module
 */

import type { RunLook } from "../run_look.ts";
import { linesOf, type StepLine } from "../lines.ts";
import { mainLine, placeKey } from "../main_line.ts";
import type { StepRow } from "../../../ports/loop_store.ts";

/** One step. */
export interface Point {
  readonly row: StepRow;
  readonly line: StepLine;
  /** Whether the run's result stands on it. */
  readonly isMain: boolean;
  readonly isBest: boolean;
}

/** More steps than this are thinned: a screen has no room for them. */
const MOST_POINTS = 500;

/** All steps, and every how many-th of them is drawn. */
export interface Points {
  readonly all: readonly Point[];
  readonly drawn: readonly Point[];
  readonly every: number;
}

/** The recorded steps in order. */
export function pointsOf(look: RunLook): Points {
  const { best } = look.run;
  const main = mainLine(look);
  const lines = new Map(linesOf(look).filter(isOwnStep).map((line) => [placeKey(line), line]));
  const all = look.steps.map((row): Point => ({
    row,
    line: lines.get(placeKey(row))!,
    isMain: main.has(placeKey(row)),
    isBest: best !== undefined && placeKey(best) === placeKey(row),
  }));
  const every = Math.ceil(all.length / MOST_POINTS);
  const drawn = all.filter(({ isBest }, at) => at % every === 0 || isBest || at === all.length - 1);
  return { all, drawn, every };
}

function isOwnStep(line: ReturnType<typeof linesOf>[number]): line is StepLine {
  return line.kind === "step" && line.depth === 0;
}
