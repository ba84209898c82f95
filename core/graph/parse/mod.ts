/**
 * From the values of a file to a pipeline, with everything noticed on the way.
 *
 * @module
 */

import type { Problem } from "../../errors.ts";
import { parseData } from "./data.ts";
import { parseExecution } from "./execution.ts";
import { TOP_KEYS } from "./keys.ts";
import { parseMatrix } from "./matrix.ts";
import { sweptParameters } from "./matrix_check.ts";
import { note, Section, show } from "./section.ts";
import { parseSteps } from "./steps.ts";
import { valueMap } from "./values.ts";
import { parseIncludes } from "./include.ts";
import { parseVersion, readInterpolation } from "./version.ts";
import { dirname } from "../../paths.ts";
import type { Pipeline } from "../pipeline.ts";
import type { Value } from "../../yaml/value.ts";

/**
 * The pipeline that `value`, the root of the file, describes.
 *
 * Never throws: every mistake becomes a problem with its key path, all of them at once, and what can be understood is
 * in the pipeline all the same, so that an editor can open it. With a problem of level `error` it must not be run.
 * An empty file is an empty pipeline.
 *
 * @param value The root: a map in file order, or null.
 * @param file Absolute path of the file.
 */
export function parsePipeline(
  value: Value,
  file: string,
): { readonly pipeline: Pipeline; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const place = { at: [], label: "Pipeline" };
  if (value !== null && !(value instanceof Map)) {
    const hint = "start with keys such as 'data:' and 'pipeline:'";
    note(problems, place, { code: "not-a-map", message: `the file must be a map, not ${show(value)}`, hint });
  }
  const top = new Section(value instanceof Map ? value : new Map(), place, problems);
  return { pipeline: parseTop(top, file), problems };
}

function parseTop(top: Section, file: string): Pipeline {
  top.checkKeys(TOP_KEYS);
  const execution = parseExecution(top);
  const { steps, groups } = parseSteps(top, { resources: execution.resources });
  const data = parseData(top);
  const parameters = valueMap(top, "parameters");
  const matrix = parseMatrix(top, steps, { data, parameters });
  const includes = parseIncludes(top);
  const pipeline: Pipeline = {
    file,
    baseDir: dirname(file),
    version: parseVersion(top),
    data,
    parameters: matrix === undefined ? parameters : sweptParameters(matrix, parameters),
    steps,
    groups,
    execution,
    outputDir: top.text("output_dir") || "output",
    metrics: top.texts("metrics"),
    matrix,
    ...(includes !== undefined && { includes }),
  };
  return readInterpolation(pipeline, top);
}
