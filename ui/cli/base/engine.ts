import type { Context } from "../../../core/context.ts";
import type { LoomError } from "../../../core/errors.ts";
import type { CleanOptions, CleanPlan, CleanResult, CleanTarget, PointRequest } from "../../../core/run/clean/mod.ts";
import type { StepRow } from "../../../core/run/describe.ts";
import type { GroupFacts, StepFacts } from "../../../core/run/investigate.ts";
import type { Pipeline } from "../../../core/graph/pipeline.ts";
import type {
  Explanation,
  Loaded,
  Overrides,
  RunControl,
  RunOutcome,
  RunRequest,
  StepState,
} from "../../../core/run/session/request.ts";

/** Which pipeline is looked at, and with what values. */
export interface Look {
  /** Absolute path of the pipeline file. */
  readonly file: string;
  readonly overrides: Overrides;
  readonly python?: string;
  readonly project?: string;
  /** Called when nothing but files has to be read any more. */
  readonly onOpened?: () => void;
}

/** What the command line asks of the engine; `core/run/mod.ts` offers it. */
export interface Engine {
  loadPipeline(file: string, context: Context, overrides: Overrides): Promise<Loaded>;
  runPipeline(request: RunRequest, context: Context, control: RunControl): Promise<RunOutcome>;
  pipelineStatus(look: Look, context: Context): Promise<readonly StepState[]>;
  explainStep(look: Look & { readonly step: string }, context: Context): Promise<Explanation>;
}

/** What it asks of `core/run/clean/mod.ts`. */
export interface Cleaner {
  pointTargets(loaded: Loaded, request: PointRequest, context: Context): Promise<readonly CleanTarget[]>;
  planClean(
    loaded: Loaded,
    context: Context,
    options: { readonly outside: boolean; readonly points?: readonly CleanTarget[] },
  ): CleanPlan;
  executeClean(plan: CleanPlan, context: Context, options: CleanOptions): Promise<CleanResult>;
  cleanRefused(plan: CleanPlan): LoomError;
}

/** What it asks of `core/run/describe.ts`. */
export interface Describer {
  listSteps(pipeline: Pipeline): readonly StepRow[];
}

/** What it asks of `core/run/investigate.ts`. */
export interface Investigator {
  investigateStep(pipeline: Pipeline, name: string, context: Context): StepFacts;
  investigateGroup(pipeline: Pipeline, name: string, context: Context): GroupFacts;
}

/** The engine, in parts that are loaded when they are needed. */
export interface EngineParts {
  readonly engine: () => Promise<Engine>;
  readonly cleaner: () => Promise<Cleaner>;
  readonly describer: () => Promise<Describer>;
  readonly investigator: () => Promise<Investigator>;
}
