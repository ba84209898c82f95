import type { Context } from "../../context.ts";
import { isLoomError } from "../../errors.ts";
import type { Pipeline, Step } from "../../graph/pipeline.ts";
import { Places } from "../../graph/places.ts";
import { selectSteps } from "../../graph/select.ts";
import { collapsePath, extension } from "../../paths.ts";
import { importsOf } from "../fresh/fingerprint.ts";
import { loadPipeline } from "../session/load.ts";
import type { RunRequest } from "../session/request.ts";

/** What counts for a run, and what it makes; absolute paths of files and folders, which need not exist. */
export interface Targets {
  readonly paths: readonly string[];
  /** Changes of these are the run's own doing, and of all that lies in them. */
  readonly written: ReadonlySet<string>;
}

/**
 * Everything whose change may change what the run makes: the pipeline's files, scripts, modules they import, inputs and
 * `deps`. Of a pipeline that cannot be read, what was read of it.
 */
export async function targetsOf(request: RunRequest, context: Context): Promise<Targets> {
  const read = new Set([request.file]);
  const pipeline = await load(request, context, read);
  if (pipeline === undefined) return { paths: [...read], written: new Set() };
  const { selection, include } = request;
  // Until somewhere: looking at a few files more does no harm.
  const steps = selectSteps(pipeline, selection.mode === "until" ? { mode: "all" } : selection, include).steps;
  const { reads, writes } = touchedBy(pipeline, steps, context);
  const imports = new Map<string, readonly string[]>();
  const scripts = [...reads].filter((path) => SCRIPTS.has(extension(path).toLowerCase()));
  const modules = scripts.flatMap((path) => importsOf(path, { context, imports, pipeline }));
  const all = new Set([...read, ...reads, ...modules]);
  return { paths: [...all].filter((path) => !writes.has(path)), written: writes };
}

/** What may load other files of the project. */
const SCRIPTS: ReadonlySet<string> = new Set(".py .pyw .sh .bash .r .js .mjs .cjs .ts .mts .cts .tsx .jsx".split(" "));

/** The pipeline, with every file that was read for it added to `read`. */
async function load(request: RunRequest, context: Context, read: Set<string>): Promise<Pipeline | undefined> {
  const { files } = context;
  const readText = (path: string) => (read.add(path), files.readText(path));
  // Not a copy: a context makes its costly parts when they are first asked for.
  const watched: Context = Object.create(context, { files: { value: { ...files, readText } } });
  try {
    return (await loadPipeline(request.file, watched, request.overrides)).pipeline;
  } catch (error) {
    // The run tells what is wrong with it.
    if (isLoomError(error)) return undefined;
    throw error;
  }
}

function touchedBy(pipeline: Pipeline, steps: readonly Step[], { env }: Context) {
  const places = new Places(pipeline, env);
  const [reads, writes] = [new Set<string>(), new Set<string>()];
  for (const touched of steps.map((step) => places.touched(step))) {
    for (const { path } of touched.reads) if (path !== undefined) reads.add(collapsePath(path));
    for (const { path } of touched.writes) if (path !== undefined) writes.add(collapsePath(path));
  }
  return { reads, writes };
}
