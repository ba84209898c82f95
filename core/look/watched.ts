import type { Context } from "../context.ts";
import { isLoomError } from "../errors.ts";
import { Places } from "../graph/places.ts";
import type { Pipeline } from "../graph/pipeline.ts";
import { dirname, joinPath } from "../paths.ts";
import { targetsOf } from "../run/watch/targets.ts";
import { locateData } from "./data.ts";
import { openPipeline } from "./opened.ts";

/** What somebody who looks at a pipeline wants to hear of; absolute paths, which need not exist. */
export interface WatchedPaths {
  /** The file, and those that it includes. */
  readonly pipelines: readonly string[];
  /** Scripts, what they load, and the folder of tasks. */
  readonly scripts: readonly string[];
  /** Other files that count for a step, or that it makes. */
  readonly others: readonly string[];
  /** Path to keys of data entries. */
  readonly data: ReadonlyMap<string, readonly string[]>;
}

const SCRIPT = /\.(pyw?|sh|bash|zsh|r|jl|pl|rb|[mc]?[jt]s|[jt]sx)$/i;

/** Everything of a pipeline that can change. Of one that cannot be read, the file itself. */
export async function watchedBy(file: string, context: Context): Promise<WatchedPaths> {
  const { pipelines, pipeline } = await opened(file, context);
  if (pipeline === undefined) return { pipelines, scripts: [], others: [], data: new Map() };
  const data = new Map<string, string[]>();
  for (const key of pipeline.data.keys()) {
    const place = locateData(pipeline, key, context);
    if (place.kind === "path") data.set(place.path, [...data.get(place.path) ?? [], key]);
  }
  const { paths, written } = await targetsOf(everythingOf(file, pipeline), context);
  const touched = touchedBy(pipeline, context);
  const tasks = joinPath(dirname(file), "tasks");
  const all = [...new Set([...paths, ...written, ...touched, tasks])]
    .filter((path) => !data.has(path) && !pipelines.includes(path));
  const isScript = (path: string) => path === tasks || (SCRIPT.test(path) && !written.has(path));
  return { pipelines, data, scripts: all.filter(isScript), others: all.filter((path) => !isScript(path)) };
}

async function opened(file: string, context: Context) {
  try {
    const { pipeline, files } = await openPipeline(file, context);
    return { pipeline, pipelines: files };
  } catch (error) {
    // What is no YAML, or gone, may come back.
    if (isLoomError(error)) return { pipelines: [file] };
    throw error;
  }
}

/** Steps that are left out of a run count too. */
function touchedBy(pipeline: Pipeline, { env }: Context): readonly string[] {
  const places = new Places(pipeline, env);
  const touched = pipeline.steps.flatMap((step) => {
    const { reads, writes } = places.touched(step);
    return [...reads, ...writes];
  });
  return touched.flatMap(({ path }) => path === undefined ? [] : [path]);
}

function everythingOf(file: string, { steps }: Pipeline) {
  return {
    file,
    selection: { mode: "all" },
    include: steps.filter(({ optional }) => optional).map(({ name }) => name),
    overrides: { parameters: new Map(), data: new Map() },
    extra: [],
    dryRun: true,
    force: false,
    resume: false,
    failFast: false,
    strict: false,
    refreshUrls: false,
    dropRemoved: false,
    wait: false,
  } as const;
}
