/**
 * A sweep as one pipeline: every step that changes from point to point is there once for each combination of the values
 * that reach it, with paths of its own. Points that have these values share it.
 *
 * @module
 */

import type { Problem } from "../errors.ts";
import type { Env } from "../graph/env.ts";
import { mapTexts } from "../graph/map_texts.ts";
import type { Matrix, Pipeline } from "../graph/pipeline.ts";
import { affectedBy } from "./affected.ts";
import { Expansion } from "./expansion.ts";
import { markPoint } from "./names.ts";
import { Parts } from "./parts.ts";
import type { Digest } from "./point_name.ts";
import type { Point } from "./points.ts";
import { metricsProblems, nameProblems, usageProblems } from "./problems.ts";

/** Which step a clone is of, and which points it belongs to. */
export interface Clone {
  readonly step: string;
  /** Stands behind `@` in its name: the values that reach the step, called as a point of these is. */
  readonly place: string;
  /** Those that have these values, in order; at least one. */
  readonly points: readonly Point[];
}

/** A sweep, ready to be run as a pipeline. */
export interface Sweep {
  readonly matrix: Matrix;
  readonly points: readonly Point[];
  readonly pipeline: Pipeline;
  /** By the name of the clone, `step@values`. */
  readonly clones: ReadonlyMap<string, Clone>;
  /** Names of the steps that are there once for each combination of the values that reach them. */
  readonly steps: ReadonlySet<string>;
  /** `metrics` of the whole pipeline, as each point has them; those that all share are in the pipeline's own. */
  readonly metrics: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly Problem[];
}

/** What a sweep is put together with. */
export interface ExpandOptions {
  readonly points: readonly Point[];
  readonly env: Env;
  readonly digest: Digest;
  /** Whether the matrix was named on the command line, not in the file. */
  readonly isTyped: boolean;
}

/** Puts the points of a sweep into the pipeline. Pure. */
export function expandSweep(
  written: Pipeline,
  matrix: Matrix,
  { points, env, digest, isTyped }: ExpandOptions,
): Sweep {
  // With every `${sweep.id}` made findable.
  const pipeline = mapTexts(written, markPoint);
  const affected = affectedBy(pipeline, matrix, env);
  const parts = new Parts(matrix, { parameters: written.parameters, digest });
  const expansion = new Expansion(pipeline, { affected, parts, env });
  for (const point of points) expansion.add(point);
  const made = expansion.pipeline();
  const problems = [
    ...usageProblems(pipeline, { matrix, isTyped }, affected),
    ...nameProblems(written, expansion.clones),
    ...metricsProblems(pipeline, affected, env),
  ];
  const { clones, metrics } = expansion;
  return { matrix, points, pipeline: made, clones, steps: new Set(affected.steps.keys()), metrics, problems };
}
