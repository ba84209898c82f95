/**
 * What is wrong with a sweep, once its points have been put into the pipeline.
 *
 * @module
 */

import type { Problem, YamlPath } from "../errors.ts";
import type { Matrix, Pipeline } from "../graph/pipeline.ts";
import { type Affected, outermost } from "./affected.ts";
import type { Env } from "../graph/env.ts";
import { resolvePath } from "../graph/resolve.ts";
import { mapTexts } from "../graph/map_texts.ts";
import { markPoint, namesPoint } from "./names.ts";

/** Parameters that are swept and used by nobody. */
export function usageProblems(matrix: Matrix, { unused, steps, names }: Affected): readonly Problem[] {
  if (unused.length === 0) return [];
  const placeOf = (key: string): YamlPath => {
    if (matrix.zip.has(key)) return ["matrix", "zip", key];
    return matrix.grid.has(key) && !matrix.owners?.has(key) ? ["matrix", key] : ["matrix"];
  };
  if (steps.size === 0) {
    const all = [...names.keys].map((key) => `'$${key}'`).join(" or ");
    const message = `No step uses ${all}, so that all points would be the same`;
    const hint = "name it in the args of a step";
    return [{ level: "error", code: "matrix-unused", message, hint, path: ["matrix"], atKey: true }];
  }
  return unused.map((key) => ({
    level: "warning",
    code: "matrix-unused",
    message: `'${key}' is swept, but no step uses it`,
    hint: `name it in a step as '$${key}', or take it out: each of its values repeats the same work`,
    path: placeOf(key),
    atKey: true,
  }));
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
