/**
 * Trying many values: points, and one pipeline that runs all of them.
 *
 * @module
 */

export { type Clone, expandSweep, type Sweep } from "./expand.ts";
export { sweepIdProblems } from "./problems.ts";
export { tooManyPoints } from "../graph/parse/matrix_check.ts";
export { planSweep, pointsOf, type SweepOptions } from "./plan.ts";
export { type Digest, pointName } from "./point_name.ts";
export { pinMatrix, type Point, type PointOptions, sweepPoints } from "./points.ts";
export { checkTyped, parseSweepWords, type SweepWords } from "./words.ts";
