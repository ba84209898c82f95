/**
 * Results of runs and sweeps, as pictures and commands; `table/`, `page/` and `mlflow/` have faces of their own.
 * Pure: from records to what is shown.
 *
 * @module
 */

export { type Best, bestOf, type Judging } from "./best.ts";
export { type Output, outputPaths, outputsOf } from "./outputs.ts";
export { plotOf } from "./plot/choose.ts";
export { type Axis, type Dot, groupsOf, meansOf, type Plot, type Plotting } from "./plot/plot.ts";
export { type Scale, scaleOf, type Tick } from "./plot/scale.ts";
export { plotSpec, type PlotStyle } from "./plot/spec.ts";
export { diffCommand, repeatCommand, type Repeating } from "./repeat.ts";
