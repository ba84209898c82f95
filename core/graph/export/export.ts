import { LoomError, pipelineInvalid, type Problem } from "../../errors.ts";
import type { FileReader } from "../../ports/files.ts";
import { locateProblems } from "../../yaml/position.ts";
import { dependencies, outputClashes } from "../dependencies.ts";
import type { Env } from "../env.ts";
import type { Pipeline } from "../pipeline.ts";
import { preflight } from "../preflight.ts";
import { selectSteps } from "../select.ts";
import { makefile } from "./make.ts";
import { planExport } from "./plan.ts";
import { shellScript } from "./shell.ts";

/** What an export is made from. */
export interface ExportOptions {
  readonly format: "make" | "sh";
  /** Text of the pipeline's file, for the places of problems. */
  readonly text: string;
  readonly env: Env;
  readonly files: FileReader;
  /** The pipeline's folder as seen from the folder of the script. @default "." */
  readonly folder?: string;
}

/**
 * The steps that a plain run takes, as a file of its own: the same commands with paths from the pipeline's folder, in an
 * order in which each finds what it needs.
 *
 * @throws {LoomError} `pipeline-invalid`; `cannot-export`, with every step that the format cannot express and why.
 */
export async function exportPipeline(pipeline: Pipeline, options: ExportOptions): Promise<string> {
  const { env, format, text } = options;
  const { steps } = selectSteps(pipeline, { mode: "all" });
  const links = dependencies(pipeline, env);
  const clashes = outputClashes(pipeline, env);
  const located = (problems: readonly Problem[]) => locateProblems(text, pipeline.file, problems);
  const found = preflight(pipeline, steps, { env, parallel: true, dependencies: links, clashes });
  if (found.some(({ level }) => level === "error")) throw pipelineInvalid(pipeline.file, await located(found));
  const { plan, refused } = planExport(pipeline, steps, { ...options, links, clashes });
  if (refused.length > 0) throw cannotExport(format, await located(refused));
  return format === "make" ? makefile(plan) : shellScript(plan, options.folder ?? ".");
}

function cannotExport(format: ExportOptions["format"], problems: readonly Problem[]): LoomError {
  const what = format === "make" ? "a Makefile" : "a shell script";
  return new LoomError("cannot-export", `Cannot write this pipeline as ${what}`, { problems });
}
