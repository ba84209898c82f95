import type { Context } from "../../context.ts";
import { configNotFound, pipelineInvalid, type Problem } from "../../errors.ts";
import { applyOverrides, type Overrides } from "../../graph/parse/override.ts";
import { parsePipeline } from "../../graph/parse/mod.ts";
import { locateProblems } from "../../yaml/position.ts";
import { readYaml } from "../../yaml/read.ts";
import type { Loaded } from "./request.ts";

/**
 * Reads a pipeline file and puts the overrides in.
 *
 * @throws {LoomError} `config-not-found`; `pipeline-invalid` with every problem of the file, located.
 */
export async function loadPipeline(file: string, context: Context, overrides: Overrides): Promise<Loaded> {
  const text = context.files.stat(file)?.kind === "file" ? context.files.readText(file) : undefined;
  if (text === undefined) throw configNotFound(file);
  const { value, problems: readProblems } = readYaml(text, file);
  const parsed = parsePipeline(value, file);
  const overridden = applyOverrides(parsed.pipeline, overrides);
  const problems = [...readProblems, ...parsed.problems, ...overridden.problems];
  await refuse(problems, { file, text });
  return { pipeline: overridden.pipeline, text, warnings: await located(problems, { file, text }) };
}

/** @throws {LoomError} `pipeline-invalid` with everything noticed, if any of it is an error. */
export async function refuse(
  problems: readonly Problem[],
  source: { readonly file: string; readonly text: string },
): Promise<void> {
  if (!problems.some((problem) => problem.level === "error")) return;
  throw pipelineInvalid(source.file, await located(problems, source));
}

/** The problems with the lines and columns they are at. Finding those costs time, so only where there are some. */
export async function located(
  problems: readonly Problem[],
  { file, text }: { readonly file: string; readonly text: string },
): Promise<readonly Problem[]> {
  return problems.length === 0 ? problems : await locateProblems(text, file, problems);
}
