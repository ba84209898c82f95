import { nearest, type Problem } from "../errors.ts";
import type { Dependencies } from "./dependencies.ts";
import type { Pipeline, Step } from "./pipeline.ts";
import type { Selection } from "./selection.ts";

/** The steps to run, in the order asked for, and what is wrong with the asking. Any error: nothing may run. */
export interface Selected {
  readonly steps: readonly Step[];
  readonly problems: readonly Problem[];
}

/**
 * The steps a selection means.
 *
 * Steps that are named, and members of a named group, are taken even if optional or disabled; all others only if they
 * are neither, or optional and in `include`.
 */
export function selectSteps(
  pipeline: Pipeline,
  selection: Exclude<Selection, { readonly mode: "until" }>,
  include: readonly string[] = [],
): Selected {
  const steps = new Map(pipeline.steps.map((step) => [step.name, step]));
  const problems = includeProblems(pipeline, steps, include);
  const included = new Set(include);
  const runs = (step: Step) => !step.disabled && (!step.optional || included.has(step.name));
  switch (selection.mode) {
    case "all":
      return { steps: pipeline.steps.filter(runs), problems };
    case "steps":
      return named(pipeline, steps, selection.names, problems);
    case "from": {
      const start = pipeline.steps.findIndex((step) => step.name === selection.name);
      if (start < 0) return { steps: [], problems: [...problems, unknownStep(pipeline, steps, selection.name)] };
      return { steps: pipeline.steps.slice(start).filter(runs), problems };
    }
    case "group":
      return group(pipeline, selection.name, problems);
  }
}

function named(
  pipeline: Pipeline,
  steps: ReadonlyMap<string, Step>,
  names: readonly string[],
  problems: readonly Problem[],
): Selected {
  const wanted = [...new Set(names)];
  const unknown = wanted.filter((name) => !steps.has(name)).map((name) => unknownStep(pipeline, steps, name));
  return { steps: wanted.flatMap((name) => steps.get(name) ?? []), problems: [...problems, ...unknown] };
}

function group(pipeline: Pipeline, name: string, problems: readonly Problem[]): Selected {
  const members = pipeline.steps.filter((step) => groupOf(step) === name);
  if (members.length > 0 || pipeline.groups.includes(name)) return { steps: members, problems };
  const near = nearest(name, pipeline.groups);
  const hint = near !== undefined
    ? `did you mean '${near}'?`
    : pipeline.groups.length === 0
    ? "this pipeline has no groups"
    : `its groups are ${pipeline.groups.map((known) => `'${known}'`).join(", ")}`;
  const problem: Problem = { level: "error", code: "unknown-group", message: `Unknown group '${name}'`, hint };
  return { steps: [], problems: [...problems, problem] };
}

function groupOf(step: Step): string | undefined {
  return step.kind === "repeated" ? step.name : step.group;
}

function includeProblems(
  pipeline: Pipeline,
  steps: ReadonlyMap<string, Step>,
  include: readonly string[],
): readonly Problem[] {
  return [...new Set(include)].flatMap((name): Problem[] => {
    const step = steps.get(name);
    if (step === undefined) return [unknownStep(pipeline, steps, name)];
    if (!step.disabled) return [];
    return [{
      level: "warning",
      code: "include-disabled",
      message: `Step '${name}' is disabled, so --include does not run it`,
      hint: `remove 'disabled', or run it with --step ${name}`,
      step: name,
      path: [...step.at, "disabled"],
    }];
  });
}

function unknownStep(pipeline: Pipeline, steps: ReadonlyMap<string, Step>, name: string): Problem {
  return {
    level: "error",
    code: "unknown-step",
    message: `Unknown step '${name}'`,
    hint: stepHint(pipeline, steps, name),
  };
}

function stepHint(pipeline: Pipeline, steps: ReadonlyMap<string, Step>, name: string): string | undefined {
  const owner = pipeline.steps.find((step) => step.kind === "repeated" && step.steps.some((s) => s.name === name));
  if (owner !== undefined) return `it belongs to the repeated group '${owner.name}'; run that as a whole`;
  if (pipeline.groups.includes(name)) return `'${name}' is a group: use --group`;
  const near = nearest(name, steps.keys());
  return near === undefined ? "--list shows all steps" : `did you mean '${near}'?`;
}

/** Which of the names are steps, and which are data entries, with `$` or without. A step is meant where both have one name. */
export function untilNames(pipeline: Pipeline, names: readonly string[]) {
  const steps = new Map(pipeline.steps.map((step) => [step.name, step]));
  const dataKey = (name: string) => name.replace(/^\$/, "");
  const data = names.filter((name) => !steps.has(name) && pipeline.data.has(dataKey(name)));
  const problems = names.filter((name) => !steps.has(name) && !pipeline.data.has(dataKey(name)))
    .map((name) => unknownStep(pipeline, steps, name));
  return { steps: names.filter((name) => steps.has(name)), data: data.map(dataKey), problems };
}

/** The named steps and everything they wait for, directly or not. */
export function ancestors(dependencies: Dependencies, names: Iterable<string>): ReadonlySet<string> {
  const found = new Set(names);
  // A set hands out what is added to it while it is walked.
  for (const name of found) for (const dependency of dependencies.get(name) ?? []) found.add(dependency);
  return found;
}

/** Step `name` and its ancestors, in file order; of the ancestors only those that run without being asked for. */
export function untilStep(
  pipeline: Pipeline,
  name: string,
  options: { readonly dependencies: Dependencies; readonly include?: readonly string[] },
): readonly Step[] {
  const wanted = ancestors(options.dependencies, [name]);
  const included = new Set(options.include);
  return pipeline.steps.filter((step) =>
    step.name === name || (wanted.has(step.name) && !step.disabled && (!step.optional || included.has(step.name)))
  );
}

/**
 * The steps that `producers` wait for, and these, in file order, less those whose outputs all exist.
 *
 * `isMade` tells whether everything a step writes is there; it is never asked about a step that is filtered out.
 */
export function untilData(
  pipeline: Pipeline,
  producers: Iterable<string>,
  options: { readonly dependencies: Dependencies; readonly isMade: (step: Step) => boolean },
): readonly Step[] {
  const wanted = ancestors(options.dependencies, producers);
  const runs = (step: Step) => wanted.has(step.name) && !step.disabled && !step.optional;
  return pipeline.steps.filter((step) => runs(step) && !options.isMade(step));
}
