/**
 * From `--sweep`, `--zip`, `--random` and `--seed` to what is tried.
 *
 * @module
 */

import { usage } from "../../../core/errors.ts";
import type { RunRequest } from "../../../core/run/session/request.ts";
import { parseSweepWords } from "../../../core/sweep/mod.ts";
import type { RunFlags } from "../words/flags.ts";

/**
 * What is asked for, with the sweep that was typed.
 *
 * @throws {LoomError} `usage`.
 */
export function withSweep(request: RunRequest, flags: RunFlags): RunRequest {
  const { sweep = [], zip = false, random, seed } = flags;
  if (zip && sweep.length === 0) throw usage("Option --zip needs --sweep", "add --sweep a=1,2 b=3,4");
  if (seed !== undefined && random === undefined) throw usage("Option --seed needs --random", "add --random N");
  return { ...request, matrix: parseSweepWords({ sweep, zip, random, seed }) };
}
