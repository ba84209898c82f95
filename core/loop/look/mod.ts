/**
 * Runs of loops as people look at them: pure, from rows to what is shown.
 *
 * @module
 */

export { usdText } from "../base/money.ts";
export { type Forecast, forecastOf } from "./forecast.ts";
export { type LineOptions, linesOf, type LookLine, type RunLine, type StepLine } from "./lines.ts";
export { type BreakerFact, forksOf, isLeft, lookAt, type LookRange, type RunLook } from "./run_look.ts";
export { adviceLines, budgetLines, originLines, usedPercent } from "./summary.ts";
export {
  attemptDocument,
  type Document,
  eventDocument,
  type Exported,
  type ExportOptions,
  exportRun,
  runDocument,
  stepDocument,
} from "./export.ts";
export { stateText } from "./states.ts";
export { type Difference, differenceLines, differencesOf } from "./difference.ts";
export { lookAtStep, stateOfStep, type StepLook, stepLookDocument } from "./one_step.ts";
export { type TreeLine, treeLines } from "./tree.ts";
export { lookDocument } from "./look_document.ts";
