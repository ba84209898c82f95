/**
 * Everything that must stop a run before anything starts, found at once.
 *
 * @module
 */

import type { Problem, YamlPath } from "../errors.ts";
import { type Dependencies, findCycle, type OutputClash } from "./dependencies.ts";
import type { Env } from "./env.ts";
import { isInside, relativePath } from "../paths.ts";
import type { Pipeline, Step } from "./pipeline.ts";
import { type Finding, findings } from "./preflight_steps.ts";
import { placeOfParameter } from "./place_in_file.ts";
import { resolveData, resolvePath } from "./resolve.ts";
import { addressComplaint, type Complaint, complaint } from "./unresolved.ts";

/** What the run will be like. */
export interface PreflightOptions {
  readonly env: Env;
  readonly parallel: boolean;
  readonly dependencies: Dependencies;
  /** Outputs written by several steps; those of selected steps give warnings. */
  readonly clashes?: readonly OutputClash[];
}

/**
 * Problems of a run of `selected`, in file order, each with its `path` in the document.
 *
 * What is wrong in a selected step is an error, in any other step a warning. Errors mean: start nothing.
 */
export function preflight(
  pipeline: Pipeline,
  selected: readonly Step[],
  options: PreflightOptions,
): readonly Problem[] {
  const names = new Set(selected.map((step) => step.name));
  return [
    ...stepProblems(pipeline, names, options.env),
    ...metricsProblems(pipeline, options.env),
    ...containerProblems(pipeline, options.env),
    ...cycleProblems(pipeline, names, options),
    ...clashProblems(pipeline, names, options),
  ];
}

// Searching for a similar name costs as much as there are names; nobody reads more hints than this.
const MOST_SUGGESTIONS = 50;

function stepProblems(pipeline: Pipeline, selected: ReadonlySet<string>, env: Env): readonly Problem[] {
  const conditions = new Set(pipeline.steps.filter((step) => step.kind === "condition").map((step) => step.name));
  const problems = new Map<string, Problem>();
  const explain = explainer(pipeline);
  for (const step of pipeline.steps) {
    for (const finding of findings(pipeline, step, { env, conditions })) {
      const level = selected.has(step.name) && !finding.mild ? "error" : "warning";
      const problem = { level, ...located(pipeline, finding, explain) } as const;
      // One fault in a data entry is one problem, however many steps use it.
      const key = `${problem.code} ${JSON.stringify(problem.path)}`;
      const known = problems.get(key);
      if (known === undefined || (known.level === "warning" && level === "error")) problems.set(key, problem);
    }
  }
  return [...problems.values()];
}

/** The metrics of the whole pipeline; those of steps are looked at with these. */
function metricsProblems(pipeline: Pipeline, env: Env): readonly Problem[] {
  return pipeline.metrics.flatMap((text, index): readonly Problem[] => {
    const found = resolvePath(pipeline, text, { env, role: "input" });
    if (found.kind === "path") return [];
    const { code, message, hint } = found.kind === "url" ? addressComplaint(found.url) : complaint(pipeline, found);
    return [{ level: "error", code, message: `${message}, used by metrics`, hint, path: ["metrics", index] }];
  });
}

type Explain = (what: Finding["what"]) => Complaint;

function explainer(pipeline: Pipeline): Explain {
  const known = new Map<string, Complaint>();
  return (what) => {
    if (!("kind" in what)) return what;
    const key = JSON.stringify(what);
    let words = known.get(key);
    if (words === undefined) {
      words = complaint(pipeline, what, { suggest: known.size < MOST_SUGGESTIONS });
      known.set(key, words);
    }
    return words;
  };
}

function located(pipeline: Pipeline, finding: Finding, explain: Explain): Omit<Problem, "level"> {
  const { code, message, hint } = explain(finding.what);
  const { step, place } = finding;
  const where = `, used by ${place} of step '${step}'`;
  return { code, message: `${message}${where}`, hint, step, path: originOf(pipeline, finding) };
}

// The place to mend is the entry or parameter that holds the fault, not the step that uses it.
function originOf(pipeline: Pipeline, { what, at }: Finding): YamlPath {
  if (!("kind" in what)) return at;
  const { key, parameter } = what;
  const entry = key === undefined ? undefined : pipeline.data.get(key);
  if (entry !== undefined) return [...entry.at, "path"];
  return parameter === undefined ? at : placeOfParameter(pipeline, parameter);
}

function containerProblems(pipeline: Pipeline, env: Env): readonly Problem[] {
  const problems: Problem[] = [];
  for (const entry of pipeline.data.values()) {
    if (entry.nestedIn === undefined) continue;
    const [inner, outer] = [resolveData(pipeline, entry.key, env), resolveData(pipeline, entry.nestedIn, env)];
    if (inner.kind !== "path" || outer.kind !== "path" || isInside(inner.path, outer.path)) continue;
    problems.push({
      level: "error",
      code: "outside-container",
      message:
        `Data entry '${entry.key}' is nested in '${entry.nestedIn}', but '${inner.path}' is not in '${outer.path}'`,
      hint: "give it a path inside its container, or remove 'nested_in'",
      path: [...entry.at, "path"],
    });
  }
  return problems;
}

function cycleProblems(
  pipeline: Pipeline,
  selected: ReadonlySet<string>,
  options: PreflightOptions,
): readonly Problem[] {
  const cycle = findCycle(options.dependencies, selected);
  if (cycle === undefined) return [];
  const first = pipeline.steps.find((step) => step.name === cycle[0]);
  return [{
    level: options.parallel ? "error" : "warning",
    code: "cycle",
    message: `Steps wait for each other in a circle: ${[...cycle, cycle[0]].join(" → ")}`,
    hint: options.parallel ? "break the circle, or run with --sequential" : "they run in file order",
    step: cycle[0],
    path: first?.at,
  }];
}

function clashProblems(
  pipeline: Pipeline,
  selected: ReadonlySet<string>,
  { clashes = [], parallel }: PreflightOptions,
): readonly Problem[] {
  const steps = clashes.length === 0 ? new Map() : new Map(pipeline.steps.map((step) => [step.name, step]));
  return clashes.flatMap((clash): Problem[] => {
    const sharing = clash.steps.filter((name) => selected.has(name));
    if (sharing.length < 2) return [];
    return [{
      level: "warning",
      code: "shared-output",
      message: `Steps ${listed(sharing)} write the same output '${relativePath(clash.path, pipeline.baseDir)}'`,
      hint: parallel ? "they run one after the other, in file order" : "the last one wins",
      step: sharing[1],
      path: [...steps.get(sharing[1]).at, "outputs"],
    }];
  });
}

function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  return `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`;
}
