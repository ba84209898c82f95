/**
 * A pipeline's text on its own, wherever it comes from: what it means, and what is wrong with it.
 *
 * @module
 */

import type { Problem } from "../../errors.ts";
import { locateProblems } from "../../yaml/position.ts";
import { readYaml } from "../../yaml/read.ts";
import { parsePipeline } from "../parse/mod.ts";
import type { Pipeline } from "../pipeline.ts";
import type { Value } from "../../yaml/value.ts";

export { locateProblems } from "../../yaml/position.ts";
export { Float, pyStr, type Value } from "../../yaml/value.ts";

/** What a text says. */
export interface PipelineText {
  readonly pipeline: Pipeline;
  /** The whole file, the keys that no pipeline has too. */
  readonly value: Value;
  /** Everything that is wrong, located. */
  readonly problems: readonly Problem[];
}

/**
 * Reads a text. What can be understood is in the pipeline, whatever else is wrong.
 *
 * @param file Absolute path that the text has or would have.
 * @throws {LoomError} `pipeline-invalid` if it is no YAML at all.
 */
export async function readPipelineText(text: string, file: string): Promise<PipelineText> {
  const { value, problems: found } = readYaml(text, file);
  const { pipeline, problems } = parsePipeline(value, file);
  return { pipeline, value, problems: await locateProblems(text, file, [...found, ...problems]) };
}
