/**
 * Plots drawn in a terminal.
 *
 * @module
 */

import type { Plot } from "../../../../core/report/mod.ts";
import { categoryLines } from "./categories.ts";
import { legendLine } from "./legend.ts";
import { planeLines } from "./plane.ts";

/** How much room there is, and how groups are painted. */
export interface PlotFrame {
  readonly columns: number;
  readonly rows: number;
  /** Whether groups are told apart by colours; their marks differ always. */
  readonly color: boolean;
}

/** The picture, line by line. */
export function plotLines(plot: Plot, frame: PlotFrame): readonly string[] {
  const body = plot.x.kind === "category" ? categoryLines(plot, frame) : planeLines(plot, frame);
  const left = plot.left === 0 ? [] : [`Not drawn: ${plot.left} without a number there`];
  return [...body, ...legendLine(plot, frame), ...left];
}
