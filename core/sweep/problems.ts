/**
 * What is wrong with a sweep, once its points have been put into the pipeline.
 *
 * @module
 */

import { nearest, type Problem, type YamlPath } from "../errors.ts";
import type { Matrix, Pipeline } from "../graph/pipeline.ts";
import { type Affected, outermost } from "./affected.ts";
import type { Env } from "../graph/env.ts";
import { resolvePath } from "../graph/resolve.ts";
import { mapTexts, REFERENCE_ROLES } from "../graph/map_texts.ts";
import { markPoint, namesPoint, questionNames, type SweptNames } from "./names.ts";
import { stepQuestions } from "./step_texts.ts";

/**
 * Parameters that are swept and used by nobody.
 *
 * @param isTyped Whether they were named on the command line, not in the file.
 */
export function usageProblems(
  pipeline: Pipeline,
  { matrix, isTyped }: { readonly matrix: Matrix; readonly isTyped: boolean },
  { unused, steps, names }: Affected,
): readonly Problem[] {
  if (unused.length === 0) return [];
  const placeOf = (key: string): YamlPath => {
    if (matrix.zip.has(key)) return ["matrix", "zip", key];
    return matrix.grid.has(key) && !matrix.owners?.has(key) ? ["matrix", key] : ["matrix"];
  };
  const place = (path: YamlPath) => isTyped ? {} : { path, atKey: true };
  const option = (text: string) => isTyped ? `Option --sweep: ${text}` : `${text[0].toUpperCase()}${text.slice(1)}`;
  const meant = (key: string) => nearest(key, usedParameters(pipeline, names));
  if (steps.size === 0) {
    const keys = [...names.keys];
    const message = option(
      `no step uses ${keys.map((key) => `'$${key}'`).join(" or ")}, so that all points are the same`,
    );
    const near = keys.map(meant).find((name) => name !== undefined);
    const hint = near === undefined ? "name it in the args of a step" : `did you mean '${near}'?`;
    return [{ level: "error", code: "matrix-unused", message, hint, ...place(["matrix"]) }];
  }
  return unused.map((key) => {
    const near = meant(key);
    return {
      level: "warning",
      code: "matrix-unused",
      message: option(`'${key}' is swept, but no step uses it`),
      hint: near === undefined
        ? `name it in a step as '$${key}', or take it out: points that differ in nothing else are one`
        : `did you mean '${near}'?`,
      ...place(placeOf(key)),
    };
  });
}

/** Parameters that any text of the pipeline names. */
function usedParameters(pipeline: Pipeline, names: SweptNames): ReadonlySet<string> {
  const used = new Set<string>();
  mapTexts(pipeline, (text, { role }) => {
    for (const name of names.in(text, REFERENCE_ROLES.has(role))) used.add(name);
    return text;
  });
  for (const [text] of pipeline.steps.flatMap(stepQuestions)) for (const name of questionNames(text)) used.add(name);
  return new Set([...used].filter((name) => pipeline.parameters.has(name) && !names.keys.has(name)));
}

/** Steps of the file that are called as a point's step is. */
export function nameProblems(pipeline: Pipeline, clones: Pick<ReadonlySet<string>, "has">): readonly Problem[] {
  return pipeline.steps.filter(({ name }) => clones.has(name)).map(({ name, at }) => ({
    level: "error",
    code: "duplicate-step",
    message: `Step '${name}' has the name of a point's step`,
    hint: "rename it",
    step: name,
    path: [...at, "name"],
  }));
}

/** Metrics that the points cannot have each for itself, because no step says that it makes the file. */
export function metricsProblems(pipeline: Pipeline, affected: Affected, env: Env): readonly Problem[] {
  const own = pipeline.steps.filter((step) => affected.steps.has(step.name)).flatMap((step) => {
    const tasks = step.kind === "task" ? [step] : step.kind === "repeated" ? step.steps : [];
    return tasks.flatMap(({ metrics, at }) =>
      metrics.map((text, index) => ({ text, step: step.name, path: [...at, "metrics", index] }))
    );
  });
  const all = pipeline.metrics.map((text, index) => ({ text, step: undefined, path: ["metrics", index] }));
  return [...own, ...all].flatMap(({ text, step, path }): readonly Problem[] => {
    const found = resolvePath(pipeline, text, { env, role: "input" });
    if (found.kind !== "path" || namesPoint(found.path) || affected.names.keysIn(text, true).size > 0) return [];
    if (outermost(found.path, affected.written) !== undefined) return [];
    const message = `The metrics '${text}' are the same file at every point, for no step has it among its outputs`;
    const hint = "hand it to the script as an output, so that each point gets one of its own";
    return [{ level: "warning", code: "metrics-shared", message, hint, step, path }];
  });
}

/** Places where `${sweep.id}` stands although nothing is swept. */
export function sweepIdProblems(pipeline: Pipeline): readonly Problem[] {
  const places: YamlPath[] = [];
  mapTexts(pipeline, (text, { at }) => {
    if (namesPoint(markPoint(text))) places.push(at);
    return text;
  });
  return places.map((path) => ({
    level: "error",
    code: "sweep-id-outside-sweep",
    message: "'${sweep.id}' is used, but nothing is swept",
    hint: "add a 'matrix', or give --sweep",
    path,
  }));
}
