/**
 * Running pipelines: what the faces may ask of the engine. What is not needed is not loaded.
 *
 * @module
 */

import type { Context } from "../context.ts";
import type {
  Explanation,
  Loaded,
  Overrides,
  RunControl,
  RunOutcome,
  RunRequest,
  StepState,
} from "./session/request.ts";
import type { StatusRequest } from "./status.ts";
import { skipAll } from "./shortcut.ts";

export type { Explanation, Loaded, Overrides, RunControl, RunOutcome, RunRequest, StatusRequest, StepState };
export type { Freshness } from "./session/request.ts";

/** Reads a pipeline file, with overrides; throws `config-not-found` or `pipeline-invalid` with every problem. */
export async function loadPipeline(file: string, context: Context, overrides: Overrides): Promise<Loaded> {
  return await (await import("./session/load.ts")).loadPipeline(file, context, overrides);
}

/** Runs a pipeline, or tells what it would run. Failures of steps are part of the outcome. */
export async function runPipeline(request: RunRequest, context: Context, control: RunControl): Promise<RunOutcome> {
  return skipAll(request, context, control) ??
    await (await import("./runner.ts")).runPipeline(request, context, control);
}

/** The state of every step, in file order. Writes nothing. */
export async function pipelineStatus(request: StatusRequest, context: Context): Promise<readonly StepState[]> {
  return await (await import("./status.ts")).pipelineStatus(request, context);
}

/** Why one step would run, and exactly what. Writes nothing. */
export async function explainStep(
  request: StatusRequest & { readonly step: string },
  context: Context,
): Promise<Explanation> {
  return await (await import("./status.ts")).explainStep(request, context);
}
