/**
 * loom as a library: read a pipeline, ask what state its steps are in, run it and follow what happens.
 *
 * @example Names a person may have meant
 * ```ts
 * import { nearest } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * equal(nearest("trian", ["train", "report"]), "train");
 * ```
 *
 * @module
 */

export { isLoomError, LoomError, nearest } from "./core/errors.ts";
export type { LoomErrorOptions, Problem, ProblemLevel, YamlPath } from "./core/errors.ts";
