import type { FileReader } from "../../ports/files.ts";
import { isInside, relativePath } from "../../paths.ts";
import { scriptImports } from "../../languages/imports.ts";
import { languageOf, plainLauncher, starterOf } from "../../languages/starter.ts";
import { commandVector, type ResolvedTask, resolveTask } from "../command.ts";
import { looksSecret } from "../display.ts";
import type { Pipeline, TaskStep } from "../pipeline.ts";
import { NO_ITEM } from "./obstacles.ts";
import type { PlanOptions } from "./plan.ts";

/** One word of a command. */
export type Word =
  | { readonly kind: "text"; readonly text: string }
  /** From the pipeline's folder, unless absolute. */
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "python" | "item" | "result" };

/** A step as a script has it. Paths are from the pipeline's folder, unless outside of it. */
export interface ScriptStep {
  readonly name: string;
  /** Letters, digits and `_`; unique. */
  readonly id: string;
  readonly words: readonly Word[];
  readonly outputs: readonly string[];
  /** Those of the outputs that are folders. */
  readonly folders: ReadonlySet<string>;
  /** Files and folders whose change makes it run again: script, modules, inputs, deps. */
  readonly needs: readonly string[];
  /** Ids of steps that have to be done before, whether one of their outputs is among `needs` or not. */
  readonly after: readonly string[];
  /** Variable to value; without one it has to be set by whoever calls. */
  readonly env: ReadonlyMap<string, string | undefined>;
  readonly cwd?: string;
  readonly loop?: { readonly over: string; readonly into: string; readonly filter: string };
  /** Whether a failure is only told. */
  readonly isTolerated: boolean;
  /** What loom would do and the script does not. */
  readonly remarks: readonly string[];
}

const FOLDER_TYPES: ReadonlySet<string> = new Set(["data_folder", "image_directory"]);

/** A step that nothing stands in the way of. */
export function scriptStep(
  pipeline: Pipeline,
  step: TaskStep,
  options: PlanOptions & { readonly ids: ReadonlyMap<string, string> },
): ScriptStep {
  const { env, files, ids, links } = options;
  const resolved = resolveTask(pipeline, step, { env, bindings: { loop: NO_ITEM } });
  const settings = { ...step, ...resolved.settings };
  const rel = (path: string) => relativeTo(pipeline.baseDir, path);
  const outputs = outputsOf(resolved);
  return {
    name: step.name,
    id: ids.get(step.name)!,
    words: wordsOf(pipeline, resolved, files),
    outputs: outputs.map(rel),
    folders: new Set(outputs.filter((path) => isFolder(path, pipeline, resolved, files)).map(rel)),
    needs: [...new Set(needsOf(pipeline, resolved, { deps: settings.deps, outputs, files }).map(rel))],
    after: [...links.get(step.name) ?? []].flatMap((name) => ids.get(name) ?? []),
    env: new Map(Array.from(settings.env, ([name, value]) => [name, isSecret(name, step) ? undefined : value])),
    ...(settings.cwd !== undefined && { cwd: settings.cwd }),
    ...(step.loop !== undefined && {
      loop: { over: rel(resolved.over!), into: rel(resolved.into!), filter: step.loop.filter ?? "*" },
    }),
    isTolerated: step.continueOnError,
    remarks: remarksOf(step),
  };
}

/** From the folder, with something in front that keeps it from looking like an option; outside of it absolute. */
export function relativeTo(folder: string, path: string): string {
  if (!isInside(path, folder)) return path;
  const relative = relativePath(path, folder);
  return relative === "" ? "." : /^[-+@~]/.test(relative) ? `./${relative}` : relative;
}

function isSecret(name: string, { secrets }: TaskStep): boolean {
  return secrets.includes(name) || looksSecret(name);
}

function outputsOf({ outputs, into }: ResolvedTask): readonly string[] {
  const paths = outputs.map(({ path }) => path).filter((path) => path !== NO_ITEM.output);
  return [...new Set(into === undefined ? paths : [...paths, into])];
}

function isFolder(path: string, pipeline: Pipeline, { outputs, into }: ResolvedTask, files: FileReader): boolean {
  const key = outputs.find((output) => output.path === path)?.key;
  const type = key === undefined ? undefined : pipeline.data.get(key)?.type;
  return path === into || type !== undefined && FOLDER_TYPES.has(type) || files.stat(path)?.kind === "directory";
}

function needsOf(
  pipeline: Pipeline,
  task: ResolvedTask,
  { deps, outputs, files }: {
    readonly deps: readonly string[];
    readonly outputs: readonly string[];
    readonly files: FileReader;
  },
): readonly string[] {
  const own = new Set<string>([...outputs, ...Object.values(NO_ITEM)]);
  const modules = scriptImports(task.script, languageOf(task.script, files), files, { cwd: pipeline.baseDir });
  const read = [
    ...task.inputs.map(({ value }) => value),
    ...(task.over === undefined ? [] : [task.over]),
    ...task.args.flatMap(({ path }) => path ?? []),
    ...task.reads ?? [],
    ...deps.map((path) => path.startsWith("/") ? path : `${pipeline.baseDir}/${path}`),
  ];
  return [task.script, ...modules, ...read].filter((path) => !own.has(path));
}

const PYTHON = "\0python";

function wordsOf(pipeline: Pipeline, task: ResolvedTask, files: FileReader): readonly Word[] {
  const paths = new Set([
    task.script,
    ...task.inputs.map(({ value }) => value),
    ...task.outputs.map(({ path }) => path),
    ...task.args.flatMap(({ path }) => path ?? []),
  ]);
  const vector = commandVector(task, { launcher: plainLauncher(starterOf(task, files), PYTHON) });
  return vector.map((word, at): Word => {
    if (word === PYTHON) return { kind: "python" };
    if (word === NO_ITEM.item) return { kind: "item" };
    if (word === NO_ITEM.output) return { kind: "result" };
    if (!paths.has(word)) return { kind: "text", text: word.replaceAll(`${pipeline.baseDir}/`, "") };
    const path = relativeTo(pipeline.baseDir, word);
    // A program without a slash would be looked for elsewhere.
    return { kind: "path", path: at === 0 && !path.includes("/") ? `./${path}` : path };
  });
}

function remarksOf(step: TaskStep): readonly string[] {
  return [
    ...(step.retry === undefined ? [] : [`loom would try it ${step.retry.attempts + 1} times`]),
    ...(step.timeoutMs === undefined ? [] : [`loom would end it after ${step.timeoutMs / 1000} s`]),
    ...(step.atomic ? ["loom would keep its outputs aside until it is done"] : []),
    ...(step.resources.size === 0 ? [] : [`loom would let it wait for ${[...step.resources.keys()].join(", ")}`]),
    ...(step.loop?.parallel ? ["loom would work on several files at a time"] : []),
  ];
}
