/**
 * From a pipeline and what was asked for to a sweep.
 *
 * @module
 */

import { type Problem, usage } from "../errors.ts";
import type { Env } from "../graph/env.ts";
import { sweptParameters, tooManyPoints } from "../graph/parse/matrix_check.ts";
import type { Matrix, Pipeline } from "../graph/pipeline.ts";
import type { Value } from "../yaml/value.ts";
import { expandSweep, type Sweep } from "./expand.ts";
import { sweepIdProblems } from "./problems.ts";
import type { Digest } from "./point_name.ts";
import { pinMatrix, type Point, sweepPoints } from "./points.ts";
import { checkTyped } from "./words.ts";

/** What a sweep is planned with. */
export interface SweepOptions {
  /** In place of the file's. */
  readonly matrix?: Matrix;
  /** Parameters that `--set` holds at one value. */
  readonly pinned: ReadonlyMap<string, Value>;
  readonly env: Env;
  readonly digest: Digest;
}

/** What is tried, or why it cannot be. */
export type Points =
  | { readonly matrix: Matrix; readonly points: readonly Point[] }
  | { readonly problems: readonly Problem[] };

/**
 * The points that a pipeline is to be run with; `undefined`: it is no sweep. Too many are counted and not built.
 *
 * @throws {LoomError} `usage` for what was typed.
 */
export function pointsOf(pipeline: Pipeline, options: Omit<SweepOptions, "env">): Points | undefined {
  const { matrix: typed, pinned, digest } = options;
  const asked = askedMatrix(pipeline, typed);
  if (asked === undefined) return undefined;
  const matrix = pinMatrix(asked, pinned);
  const refused = tooManyPoints(matrix);
  if (refused !== undefined) return { problems: [problemOf({ ...refused, isTyped: typed !== undefined })] };
  const parameters = sweptParameters(matrix, pipeline.parameters);
  const points = sweepPoints(matrix, { parameters, digest });
  if (points.length > 0) return { matrix, points };
  const hint = "matrix.exclude or --set take all of its points away";
  return {
    problems: [problemOf({ code: "no-points", message: "nothing is left of the matrix", hint, isTyped: false })],
  };
}

function problemOf(
  { code, message, hint, isTyped }: {
    readonly code: string;
    readonly message: string;
    readonly hint?: string;
    readonly isTyped: boolean;
  },
): Problem {
  const words = `${message[0].toUpperCase()}${message.slice(1)}`;
  return { level: "error", code, message: words, hint, ...(!isTyped && { path: ["matrix"], atKey: true }) };
}

/** What was typed in place of the file's; `--random` alone draws from that. */
function askedMatrix({ matrix: written, ...pipeline }: Pipeline, typed: Matrix | undefined): Matrix | undefined {
  if (typed === undefined) return written;
  if (typed.grid.size > 0 || typed.zip.size > 0) return checkTyped(typed, pipeline);
  if (written !== undefined) return { ...written, random: typed.random ?? written.random };
  throw usage("Option --random has nothing to draw from: the file has no matrix", "add --sweep KEY=VALUES");
}

/**
 * The sweep; without one, what stands in the file that only a sweep can say.
 *
 * @throws {LoomError} `usage` for what was typed.
 */
export function planSweep(
  pipeline: Pipeline,
  options: SweepOptions,
): Sweep | { readonly problems: readonly Problem[] } {
  const found = pointsOf(pipeline, options);
  if (found === undefined) return { problems: sweepIdProblems(pipeline) };
  if ("problems" in found) return found;
  const { matrix, points } = found;
  const known = { ...pipeline, parameters: sweptParameters(matrix, pipeline.parameters) };
  const { env, digest, matrix: typed } = options;
  const isTyped = typed !== undefined && typed.grid.size + typed.zip.size > 0;
  const sweep = expandSweep(known, matrix, { points, env, digest, isTyped });
  if (isTyped) refuseUnused(sweep);
  return sweep;
}

/** A word of the command line that is wrong is told as such. */
function refuseUnused({ problems }: Sweep): void {
  const wrong = problems.find(({ level, code }) => level === "error" && code === "matrix-unused");
  if (wrong !== undefined) throw usage(wrong.message, wrong.hint);
}
