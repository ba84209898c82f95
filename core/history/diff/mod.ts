/**
 * What changed between two runs, and what it did.
 *
 * @module
 */

export {
  compare,
  type ComparedParameter,
  type ComparedStep,
  onlyChanged,
  onlySteps,
  type RunDiff,
  type SideHead,
  type StepHead,
} from "./compare.ts";
export type { ComparedCode } from "./code.ts";
export type { ComparedFile } from "./files.ts";
export { type Hunk, type LineChanges, lineChanges } from "./lines.ts";
export type { ComparedMetric } from "./metrics.ts";
export type { ComparedSetting } from "./settings.ts";
