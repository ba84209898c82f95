import type { Context } from "../../context.ts";
import { hasSettingsFile } from "../../config/present.ts";
import { LoomError, type Problem } from "../../errors.ts";
import { dependencies, findCycle, outputClashes } from "../../graph/dependencies.ts";
import { secretValues } from "../../graph/display.ts";
import { type Started, starterOf } from "../../languages/starter.ts";
import { relativePath } from "../../paths.ts";
import type { Matrix, Pipeline, Step, TaskStep } from "../../graph/pipeline.ts";
import { preflight } from "../../graph/preflight.ts";
import { isInterpolated } from "../../graph/expand.ts";
import { expand, resolveScript } from "../../graph/resolve.ts";
import { type Selected, selectSteps } from "../../graph/select.ts";
import type { Selection } from "../../graph/selection.ts";
import { findPython } from "./interpreter.ts";
import { Launchers } from "./launchers.ts";
import { loadPipeline, located, refuse } from "./load.ts";
import type { Plan } from "../schedule/plan.ts";
import type { Loaded, Overrides } from "./request.ts";
import { planOf } from "../schedule/run_plan.ts";
import type { Sweep } from "../../sweep/mod.ts";
import { selectUntil } from "./select_until.ts";
import { clonesNamed, pointAfterPoint, sweptNames, sweptPipeline, sweptSelection } from "./swept.ts";

/** What is to be done, checked as far as it can be without starting anything. */
export interface Prepared {
  readonly loaded: Loaded;
  /** With every point of a sweep in it; `loaded` has the file's own. */
  readonly pipeline: Pipeline;
  readonly sweep?: Sweep;
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
  /** What starts the tasks. */
  readonly launchers: Launchers;
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
  /** Values to try, in place of the file's `matrix`. */
  readonly matrix?: Matrix;
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
  const { pipeline, sweep, problems } = await sweptPipeline(loaded, request, context);
  const { env } = context;
  const source = { file: request.file, text: loaded.text, included: loaded.included };
  if (problems.length > 0) await refuse([...loaded.warnings, ...problems], source);
  const selected = select(request, loaded.pipeline, { pipeline, sweep }, context);
  const parallel = request.parallel ?? pipeline.execution.parallel;
  const links = dependencies(pipeline, env);
  const clashes = outputClashes(pipeline, env);
  const found = [
    ...problems,
    ...selected.problems,
    ...preflight(pipeline, selected.steps, { env, parallel, dependencies: links, clashes }),
  ];
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
    sweep,
    steps: selected.steps,
    dependencies: links,
    parallel,
    givenWorkers: givenWorkers === 0 ? undefined : givenWorkers,
    maxWorkers: givenWorkers === undefined || givenWorkers === 0 ? context.cpuCount : givenWorkers,
    secrets: secretsOf(pipeline, context),
    extra: isForOne ? extra : [],
    ...await launchersOf(request, { steps: selected.steps, pipeline }, context),
    warnings: [
      ...loaded.warnings,
      ...await located(found, source),
      ...(extra.length > 0 && !isForOne ? [EXTRA_IGNORED] : []),
    ],
    plan: () => planOf(selected.steps, { dependencies: links, clashes, parallel, isExplicit, hasCycle }),
  };
}

/** The steps that are asked for. Names are those of the file, or of a point's steps. */
function select(
  { selection, include, file }: PrepareRequest,
  written: Pipeline,
  { pipeline, sweep }: { readonly pipeline: Pipeline; readonly sweep?: Sweep },
  context: Context,
): Selected {
  if (selection.mode === "until") {
    const { names } = selection;
    const selected = selectUntil({ names, include }, written, { pipeline, sweep }, context);
    refuseSelection(selected.problems, file);
    return sweep === undefined ? selected : { ...selected, steps: pointAfterPoint(selected.steps, sweep) };
  }
  if (sweep === undefined) {
    const selected = selectSteps(pipeline, selection, include);
    refuseSelection(selected.problems, file);
    return selected;
  }
  const isClone = (name: string) => !sweep.steps.has(name) && clonesNamed(name, sweep).length > 0;
  const named = selection.mode === "steps"
    ? { ...selection, names: selection.names.filter((it) => !isClone(it)) }
    : selection;
  const isPoint = selection.mode === "from" && isClone(selection.name);
  // As the file has them, so that a mistyped name is compared with those that were written.
  const asked = selectSteps(written, isPoint ? { mode: "all" } : named, include);
  refuseSelection(asked.problems, file);
  const { steps } = selectSteps(pipeline, sweptSelection(selection, sweep), sweptNames(include, sweep));
  return { steps: pointAfterPoint(steps, sweep), problems: asked.problems };
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
  const environments = [env, ...tasks.flatMap((step) => step.env.size === 0 ? [] : [ownEnvironment(step)])];
  const values = new Set(environments.flatMap((environment) => secretValues(environment, names)));
  return [...values].sort((a, b) => b.length - a.length);

  function ownEnvironment(step: TaskStep): Readonly<Record<string, string>> {
    if (!isInterpolated(pipeline)) return Object.fromEntries(step.env);
    const texts = [...step.env].map(([name, text]) => [name, expand(pipeline, text, { env, role: "arg" })] as const);
    return Object.fromEntries(texts.flatMap(([name, made]) => "ok" in made ? [[name, made.ok]] : []));
  }
}

/** Whether a Python is needed, besides by tasks. */
function asksPython(steps: readonly Step[], pipeline: Pipeline): boolean {
  const asksScript = (step: Step) => step.kind === "condition" && step.script !== undefined;
  if (steps.some(asksScript)) return true;
  // A switch asks its condition itself when that is not among the chosen steps.
  if (steps.some((step) => step.kind === "switch") && pipeline.steps.some(asksScript)) return true;
  return steps.some((step) => step.kind === "repeated" && step.until !== undefined);
}

/** The scripts of the chosen tasks, each once. */
function scriptsOf(steps: readonly Step[], pipeline: Pipeline, { env }: Context): readonly Started[] {
  const tasks = new Set(tasksOf(steps).map(({ task }) => task));
  return [...tasks].flatMap((task) => {
    const script = resolveScript(pipeline, task, env);
    return "path" in script ? [{ script: script.path, scriptIsAbsolute: script.absolute }] : [];
  });
}

/**
 * What starts the chosen tasks.
 *
 * @throws {LoomError} `python-not-found`, `interpreter-not-found`.
 */
async function launchersOf(
  request: PrepareRequest,
  { steps, pipeline }: { readonly steps: readonly Step[]; readonly pipeline: Pipeline },
  context: Context,
): Promise<{ readonly python?: string; readonly launchers: Launchers }> {
  const { baseDir, execution } = pipeline;
  const scripts = scriptsOf(steps, pipeline, context);
  const isPython = (task: Started) => starterOf(task, context.files).by === "python";
  const python = asksPython(steps, pipeline) || scripts.some(isPython)
    ? findPython(
      { flag: request.python, configured: execution.python, baseDir, ...await settingOf(baseDir, context) },
      context,
    )
    : undefined;
  const launchers = new Launchers(context, { python, baseDir });
  launchers.findAll(scripts);
  return { python, launchers };
}

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

function settingParts(): Promise<typeof import("./python_setting.ts")> {
  return import(isReached ? "./python_setting.ts" : "./python_setting.ts");
}

async function settingOf(baseDir: string, context: Context): Promise<{ readonly setting?: string }> {
  const { env, files, stores } = context;
  // The settings of the project that the pipeline belongs to, wherever loom is started.
  const outside = { env, files, stores, cwd: baseDir };
  return hasSettingsFile(outside) ? { setting: await (await settingParts()).pythonSetting(outside) } : {};
}

/** Name of a pipeline in its project: what its records go by. */
export function scopeOf(file: string, project: string): string {
  return relativePath(file, project);
}
