/**
 * The steps of a loop as lines of a table. Columns have fixed widths, so that lines can follow while the run goes on.
 *
 * @module
 */

import { type LookLine, type StepLine, usdText } from "../../../core/loop/look/mod.ts";
import type { Palette } from "./colors.ts";
import { statusPaint } from "./run_status.ts";
import { fit, pad } from "./text_width.ts";

const WIDTHS = [7, 11, 11, 10] as const;

/** Cells that an error takes at most; all of it is shown with the step alone. */
const ERROR_CELLS = 60;

/** `STEP COST CUMUL SCORE ERROR`. */
export function tableHeading(paint: Palette): string {
  return paint.strong(columns(["STEP", "COST", "CUMUL", "SCORE", "ERROR"]));
}

/** One line, without its end. */
export function tableLine(line: LookLine, paint: Palette): string {
  const indent = "  ".repeat(line.depth);
  if (line.kind === "run") return `${indent}${line.name} ${line.id}  ${statusPaint(paint)(line.status)}`;
  return `${indent}${stepText(line, paint)}`;
}

function stepText(line: StepLine, paint: Palette): string {
  const { step, branch, costNano, cumulNano, score, error, marks } = line;
  const label = branch === "" ? String(step) : `${step}/${branch}`;
  const cost = line.kind === "try" && costNano === 0 ? "-" : usdText(costNano);
  const shown = score === undefined ? "-" : score.toFixed(4);
  const cells = columns([label, cost, usdText(cumulNano), shown]);
  const words = error === undefined ? [] : [paint.bad(fit(error.split("\n")[0], ERROR_CELLS))];
  return `${cells} ${[...words, ...marks.map((mark) => paint.warn(`<- ${mark}`))].join("  ")}`.trimEnd();
}

function columns(cells: readonly string[]): string {
  return cells.map((cell, at) => at < WIDTHS.length ? pad(cell, WIDTHS[at]) : cell).join(" ");
}
