/**
 * Running pipelines: what the faces may ask of the engine.
 *
 * @module
 */

export { cleanRefused, executeClean, planClean } from "./clean.ts";
export { listSteps } from "./describe.ts";
export { investigateGroup, investigateStep } from "./investigate.ts";
export { loadPipeline } from "./load.ts";
export { runPipeline } from "./runner.ts";
export { explainStep, pipelineStatus, type StatusRequest } from "./status.ts";
export type {
  Explanation,
  Freshness,
  Loaded,
  Overrides,
  RunControl,
  RunOutcome,
  RunRequest,
  StepState,
} from "./request.ts";
