import type { Context } from "../../context.ts";
import type { FileReader } from "../../ports/files.ts";
import { configNoFile, configNotFound, nearest, pipelineInvalid, type Problem } from "../../errors.ts";
import { applyOverrides, type Overrides } from "../../graph/parse/override.ts";
import { circleProblems } from "../../graph/circles.ts";
import { fileOfPlace } from "../../graph/place_in_file.ts";
import { parsePipeline } from "../../graph/parse/mod.ts";
import type { Pipeline } from "../../graph/pipeline.ts";
import { locateProblems } from "../../yaml/position.ts";
import { readYaml } from "../../yaml/read.ts";
import type { Value } from "../../yaml/value.ts";
import { basename, dirname } from "../../paths.ts";
import type { Loaded } from "./request.ts";

/**
 * Reads a pipeline file and puts the overrides in.
 *
 * @throws {LoomError} `config-not-found`; `config-no-file`; `pipeline-invalid` with every problem of the file, located.
 */
export async function loadPipeline(file: string, context: Context, overrides: Overrides): Promise<Loaded> {
  const text = readConfig(file, context.files);
  const { pipeline, problems, source } = await readPipeline(text, file, context, overrides);
  await refuse(problems, source);
  return { pipeline, text, warnings: await located(problems, source), included: source.included };
}

/** What a text says of a pipeline, whatever is wrong with it. */
export interface ReadPipeline {
  readonly pipeline: Pipeline;
  /** The document of the file itself. */
  readonly root: Value;
  /** Everything noticed, not yet located. */
  readonly problems: readonly Problem[];
  readonly source: Source & { readonly included: ReadonlyMap<string, string> };
}

/**
 * Reads a pipeline as it stands in a text, what it includes, and puts the overrides in.
 *
 * @throws {LoomError} `pipeline-invalid` if the text is no YAML.
 */
export async function readPipeline(
  text: string,
  file: string,
  context: FilesAndEnv,
  overrides: Overrides,
): Promise<ReadPipeline> {
  const { value, problems: readProblems } = readYaml(text, file);
  const parsed = parsePipeline(value, file);
  const whole = await included(parsed.pipeline, context);
  const overridden = applyOverrides(whole.pipeline, overrides);
  const { pipeline } = overridden;
  const problems = [
    ...readProblems,
    ...parsed.problems,
    ...whole.problems,
    ...overridden.problems,
    ...circleProblems(pipeline),
  ];
  return { pipeline, root: value, problems, source: { file, text, included: whole.included } };
}

/** What reading a pipeline takes of the outside. */
export type FilesAndEnv = { readonly files: FileReader; readonly env: Context["env"] };

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

/** The pipeline with what it includes, and the texts of those files. */
async function included(pipeline: Pipeline, context: FilesAndEnv) {
  if (pipeline.includes === undefined) return { pipeline, problems: [], included: NO_FILES };
  const { readIncludes } = await import(isReached ? "./include_files.ts" : "./include_files.ts");
  return readIncludes(pipeline, context);
}

const NO_FILES: ReadonlyMap<string, string> = new Map();

/**
 * The text of a pipeline file.
 *
 * @throws {LoomError} `config-not-found`, with the name beside it that may have been meant; `config-no-file`.
 */
export function readConfig(file: string, files: FileReader): string {
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

/** What problems are found in: the file, and those that it includes. */
export interface Source {
  readonly file: string;
  readonly text: string;
  /** Absolute path to text. */
  readonly included?: ReadonlyMap<string, string>;
}

/** @throws {LoomError} `pipeline-invalid` with everything noticed, if any of it is an error. */
export async function refuse(problems: readonly Problem[], source: Source): Promise<void> {
  if (!problems.some((problem) => problem.level === "error")) return;
  throw pipelineInvalid(source.file, await located(problems, source));
}

/** The problems with the lines and columns they are at. Finding those costs time, so only where there are some. */
export async function located(problems: readonly Problem[], source: Source): Promise<readonly Problem[]> {
  if (problems.length === 0) return problems;
  const byFile = new Map<string, Problem[]>([[source.file, []]]);
  for (const problem of problems) {
    const place = fileOfPlace(problem.path);
    const file = place?.file ?? problem.file ?? source.file;
    const own = place === undefined ? problem : { ...problem, file, path: place.path };
    const list = byFile.get(file);
    if (list === undefined) byFile.set(file, [own]);
    else list.push(own);
  }
  const found: Problem[] = [];
  for (const [file, own] of byFile) {
    const text = file === source.file ? source.text : source.included?.get(file) ?? "";
    found.push(...await locateProblems(text, file, own));
  }
  return found;
}
