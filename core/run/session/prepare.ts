import type { Context } from "../../context.ts";
import { LoomError, type Problem } from "../../errors.ts";
import { isProgram } from "../../graph/command.ts";
import { dependencies, findCycle, outputClashes } from "../../graph/dependencies.ts";
import { secretValues } from "../../graph/display.ts";
import { relativePath } from "../../paths.ts";
import type { Pipeline, Step, TaskStep } from "../../graph/pipeline.ts";
import { preflight } from "../../graph/preflight.ts";
import { resolveScript } from "../../graph/resolve.ts";
import { selectSteps } from "../../graph/select.ts";
import type { Selection } from "../../graph/selection.ts";
import { findPython } from "./interpreter.ts";
import { loadPipeline, located, refuse } from "./load.ts";
import type { Plan } from "../schedule/plan.ts";
import type { Loaded, Overrides } from "./request.ts";
import { planOf } from "../schedule/run_plan.ts";

/** What is to be done, checked as far as it can be without starting anything. */
export interface Prepared {
  readonly loaded: Loaded;
  readonly pipeline: Pipeline;
  readonly steps: readonly Step[];
  readonly dependencies: ReadonlyMap<string, ReadonlySet<string>>;
  readonly parallel: boolean;
  /** At least 1. */
  readonly maxWorkers: number;
  /** The limit that a person set, if any; for display. */
  readonly givenWorkers?: number;
  readonly secrets: readonly string[];
  /** Words for the command of the one selected step; none when there are several, or none was chosen. */
  readonly extra: readonly string[];
  /** Path of the interpreter, if any selected step needs one. */
  readonly python?: string;
  readonly warnings: readonly Problem[];
  /** A new plan of the selected steps. */
  readonly plan: () => Plan;
}

/** What preparing needs to know of a request. */
export interface PrepareRequest {
  readonly file: string;
  readonly selection: Selection;
  readonly include: readonly string[];
  readonly overrides: Overrides;
  readonly extra?: readonly string[];
  readonly parallel?: boolean;
  readonly maxWorkers?: number;
  readonly python?: string;
}

/**
 * Reads, selects and checks.
 *
 * @throws {LoomError} `config-not-found`, `pipeline-invalid`, `unknown-step`, `unknown-group`, `python-not-found`.
 */
export async function prepare(request: PrepareRequest, context: Context): Promise<Prepared> {
  const loaded = await loadPipeline(request.file, context, request.overrides);
  const { pipeline } = loaded;
  const { env } = context;
  const selected = selectSteps(pipeline, request.selection, request.include);
  refuseSelection(selected.problems, request.file);
  const parallel = request.parallel ?? pipeline.execution.parallel;
  const links = dependencies(pipeline, env);
  const clashes = outputClashes(pipeline, env);
  const found = [
    ...selected.problems,
    ...preflight(pipeline, selected.steps, { env, parallel, dependencies: links, clashes }),
  ];
  const source = { file: request.file, text: loaded.text };
  // What was noticed while reading is told too: a misspelt key is often the reason of an unknown reference.
  await refuse([...loaded.warnings, ...found], source);
  const givenWorkers = request.maxWorkers ?? pipeline.execution.maxWorkers;
  const isExplicit = request.selection.mode === "steps";
  const isForOne = selected.steps.length === 1 && selected.steps[0].kind === "task" &&
    (isExplicit || request.selection.mode === "group");
  const { extra = [] } = request;
  const hasCycle = findCycle(links, selected.steps.map((step) => step.name)) !== undefined;
  return {
    loaded,
    pipeline,
    steps: selected.steps,
    dependencies: links,
    parallel,
    givenWorkers: givenWorkers === 0 ? undefined : givenWorkers,
    maxWorkers: givenWorkers === undefined || givenWorkers === 0 ? context.cpuCount : givenWorkers,
    secrets: secretsOf(pipeline, context),
    extra: isForOne ? extra : [],
    python: needsPython(selected.steps, pipeline, context)
      ? findPython({ flag: request.python, configured: pipeline.execution.python, baseDir: pipeline.baseDir }, context)
      : undefined,
    warnings: [
      ...loaded.warnings,
      ...await located(found, source),
      ...(extra.length > 0 && !isForOne ? [EXTRA_IGNORED] : []),
    ],
    plan: () => planOf(selected.steps, { dependencies: links, clashes, parallel, isExplicit, hasCycle }),
  };
}

const EXTRA_IGNORED: Problem = {
  level: "warning",
  code: "extra-ignored",
  message: "Option --extra has no effect: its words are for the command of one step",
  hint: "choose that step with --step or --group",
};

/** A wrong name on the command line is no fault of the file, so it is told without a place in it. */
function refuseSelection(problems: readonly Problem[], file: string): void {
  const errors = problems.filter((problem) => problem.level === "error");
  if (errors.length === 0) return;
  const [first] = errors;
  const more = errors.slice(1).map((problem) => problem.message);
  throw new LoomError(first.code, [first.message, ...more].join("; "), { hint: first.hint, data: { file } });
}

/** All tasks, those inside repeated groups too. */
export function tasksOf(steps: readonly Step[]): readonly TaskStep[] {
  return steps.flatMap((step) => step.kind === "task" ? [step] : step.kind === "repeated" ? step.steps : []);
}

/**
 * Refuses steps that are to be held in where nothing can hold them, before any of them starts.
 *
 * @throws {LoomError} `sandbox-unavailable`, with what to do.
 */
export async function requireSandbox(steps: readonly Step[], { sandboxes }: Context): Promise<void> {
  const held = tasksOf(steps).find(({ sandbox }) => sandbox !== undefined);
  const state = held && await sandboxes.state();
  if (held === undefined || state === undefined || state.available) return;
  throw new LoomError("sandbox-unavailable", `Cannot run step "${held.name}" in a sandbox: ${state.reason}`, {
    hint: state.fix,
    data: { step: held.name, reason: state.reason, fix: state.fix },
  });
}

function secretsOf(pipeline: Pipeline, { env }: Context): readonly string[] {
  const tasks = tasksOf(pipeline.steps);
  const names = new Set(tasks.flatMap((step) => step.secrets));
  // Steps may give one name several values, and each of them is a secret.
  const environments = [env, ...tasks.flatMap((step) => step.env.size === 0 ? [] : [Object.fromEntries(step.env)])];
  const values = new Set(environments.flatMap((environment) => secretValues(environment, names)));
  return [...values].sort((a, b) => b.length - a.length);
}

function needsPython(steps: readonly Step[], pipeline: Pipeline, context: Context): boolean {
  const asksScript = (step: Step) => step.kind === "condition" && step.script !== undefined;
  if (steps.some(asksScript)) return true;
  // A switch asks its condition itself when that is not among the chosen steps.
  if (steps.some((step) => step.kind === "switch") && pipeline.steps.some(asksScript)) return true;
  if (steps.some((step) => step.kind === "repeated" && step.until !== undefined)) return true;
  const seen = new Set<string>();
  return tasksOf(steps).some(({ task }) => {
    if (seen.has(task)) return false;
    seen.add(task);
    const script = resolveScript(pipeline, task, context.env);
    return "path" in script &&
      !isProgram({ script: script.path, scriptIsAbsolute: script.absolute }, context.files.stat);
  });
}

/** Name of a pipeline in its project: what its records go by. */
export function scopeOf(file: string, project: string): string {
  return relativePath(file, project);
}
