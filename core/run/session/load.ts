import type { Context } from "../../context.ts";
import type { FileReader } from "../../ports/files.ts";
import { configNoFile, configNotFound, nearest, pipelineInvalid, type Problem } from "../../errors.ts";
import { applyOverrides, type Overrides } from "../../graph/parse/override.ts";
import { parsePipeline } from "../../graph/parse/mod.ts";
import { locateProblems } from "../../yaml/position.ts";
import { readYaml } from "../../yaml/read.ts";
import { basename, dirname } from "../../paths.ts";
import type { Loaded } from "./request.ts";

/**
 * Reads a pipeline file and puts the overrides in.
 *
 * @throws {LoomError} `config-not-found`; `config-no-file`; `pipeline-invalid` with every problem of the file, located.
 */
export async function loadPipeline(file: string, context: Context, overrides: Overrides): Promise<Loaded> {
  const text = readConfig(file, context.files);
  const { value, problems: readProblems } = readYaml(text, file);
  const parsed = parsePipeline(value, file);
  const overridden = applyOverrides(parsed.pipeline, overrides);
  const problems = [...readProblems, ...parsed.problems, ...overridden.problems];
  await refuse(problems, { file, text });
  return { pipeline: overridden.pipeline, text, warnings: await located(problems, { file, text }) };
}

function readConfig(file: string, files: FileReader): string {
  const kind = files.stat(file)?.kind ?? "file";
  if (kind !== "file") throw configNoFile(file, kind);
  const text = files.readText(file);
  if (text === undefined) throw configNotFound(file, nearestConfig(file, files));
  return text;
}

const CONFIG_ENDING = /\.ya?ml$/i;

/** The name of the pipeline file beside `file` that is most like it; what all of them end in does not count. */
function nearestConfig(file: string, files: FileReader): string | undefined {
  const names = files.list(dirname(file)).map(({ name }) => name).filter((name) => CONFIG_ENDING.test(name)).sort();
  const stems = new Map(names.map((name) => [name.replace(CONFIG_ENDING, ""), name]));
  return stems.get(nearest(basename(file).replace(CONFIG_ENDING, ""), stems.keys()) ?? "");
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
