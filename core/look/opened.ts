import type { Context } from "../context.ts";
import type { Pipeline } from "../graph/pipeline.ts";
import { readConfig, readPipeline } from "../run/session/load.ts";

/** A pipeline that was read, as far as it can be. */
export interface Opened {
  readonly pipeline: Pipeline;
  /** Files that were read for it, absolute: itself, and what it includes. */
  readonly files: readonly string[];
}

/** What looking takes of the outside. */
export type Outside = Pick<Context, "files" | "env">;

/**
 * Reads a pipeline with what it includes. Mistakes are passed over: what is understood can be looked at.
 *
 * @param text What stands in the place of the file's text, which is not saved yet.
 * @throws {LoomError} `config-not-found`, or `pipeline-invalid` if it is no YAML.
 */
export async function openPipeline(file: string, context: Outside, text?: string): Promise<Opened> {
  const { pipeline, source } = await readPipeline(text ?? readConfig(file, context.files), file, context, NONE);
  return { pipeline, files: [file, ...source.included.keys()] };
}

const NONE = { parameters: new Map(), data: new Map() };
