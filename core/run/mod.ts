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

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

/** A run that finds nothing to do needs none of them. */
const parts = {
  load: (): Promise<typeof import("./session/load.ts")> =>
    import(isReached ? "./session/load.ts" : "./session/load.ts"),
  runner: (): Promise<typeof import("./runner.ts")> => import(isReached ? "./runner.ts" : "./runner.ts"),
  status: (): Promise<typeof import("./status.ts")> => import(isReached ? "./status.ts" : "./status.ts"),
};

/** Reads a pipeline file, with overrides; throws `config-not-found` or `pipeline-invalid` with every problem. */
export async function loadPipeline(file: string, context: Context, overrides: Overrides): Promise<Loaded> {
  return await (await parts.load()).loadPipeline(file, context, overrides);
}

/** Runs a pipeline, or tells what it would run. Failures of steps are part of the outcome. */
export async function runPipeline(request: RunRequest, context: Context, control: RunControl): Promise<RunOutcome> {
  return skipAll(request, context, control) ??
    await (await parts.runner()).runPipeline(request, context, control);
}

/** The state of every step, in file order. Writes nothing. */
export async function pipelineStatus(request: StatusRequest, context: Context): Promise<readonly StepState[]> {
  return await (await parts.status()).pipelineStatus(request, context);
}

/** Why one step would run, and exactly what. Writes nothing. */
export async function explainStep(
  request: StatusRequest & { readonly step: string },
  context: Context,
): Promise<Explanation> {
  return await (await parts.status()).explainStep(request, context);
}
