/**
 * Where outputs go.
 *
 * @module
 */

import type { Problem } from "../../errors.ts";
import { isInside, joinPath, relativePath } from "../../paths.ts";
import type { Facts } from "../base/facts.ts";
import { comparable, isKnownPath } from "../base/resolved.ts";

/** Outputs that would replace the pipeline itself or the script that makes them, and outputs outside of `output_dir`. */
export function* placeRule({ pipeline, tasks }: Facts): Generator<Problem> {
  const folder = joinPath(pipeline.baseDir, pipeline.outputDir);
  for (const { step, resolved, path: script } of tasks) {
    for (const { flag, path, key, reference } of resolved?.outputs ?? []) {
      const at = { step: step.name, path: [...step.at, "outputs", flag] };
      if (reference === "$loop_output" || reference === "$loop_item" || !isKnownPath(path)) continue;
      const shown = relativePath(path, pipeline.baseDir);
      const target = comparable(path);
      if (target === pipeline.file || (script !== undefined && target === comparable(script))) {
        const what = target === pipeline.file ? "the pipeline itself" : "its own script";
        const message = `Output '${flag}' of step '${step.name}' would replace '${shown}', ${what}`;
        yield { level: "error", code: "overwrites-source", message, hint: "give it another path", ...at };
      } else if (isInside(path, pipeline.baseDir) && !isInside(path, folder)) {
        const entry = key === undefined ? undefined : pipeline.data.get(key);
        const message = `Output '${shown}' of step '${step.name}' lies outside of '${pipeline.outputDir}'`;
        const where = entry === undefined || entry.at.length === 0 ? at : { ...at, path: [...entry.at, "path"] };
        const hint = "move it there, or set 'output_dir'";
        yield { level: "hint", code: "outside-output-dir", message, hint, ...where };
      }
    }
  }
}
