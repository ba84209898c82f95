import { type ScriptCache, Scripts } from "../check/base/scripts.ts";
import type { Pipeline, Step } from "../graph/pipeline.ts";
import { resolveScript } from "../graph/resolve.ts";
import { basename, joinPath, relativePath } from "../paths.ts";
import { byCodePoint } from "../python/compare.ts";
import type { Outside } from "./opened.ts";
import { type Interface, interfaceOf } from "./interface.ts";

/** A script that steps use or could use. */
export interface TaskFact extends Interface {
  /** File name without extension. */
  readonly name: string;
  /** Path as a step would say it. */
  readonly script: string;
  /** Whether there is such a file. */
  readonly exists: boolean;
  /** Names of steps. */
  readonly usedBy: readonly string[];
}

const SCRIPT = /^[^_.].*\.(py|sh|bash|r|jl|pl|rb|js|mjs|cjs|ts|mts|cts)$/is;

/** Scripts of the folder `tasks/` beside the pipeline, by name, then those that its steps use besides. Nothing is run. */
export function taskFacts(pipeline: Pipeline, context: Outside, cache: ScriptCache): readonly TaskFact[] {
  const scripts = new Scripts(context.files, cache);
  const used = usedBy(pipeline, context);
  const found = inFolder(joinPath(pipeline.baseDir, "tasks"), context);
  const paths = new Map(found.map((path): [string, string] => [path, relativePath(path, pipeline.baseDir)]));
  for (const [path, { task }] of used) paths.set(path, task);
  return Array.from(paths, ([path, script]) => ({
    name: basename(path).replace(/(?<=.)\.[^.]*$/, ""),
    script,
    ...interfaceOf(scripts.read(path)),
    exists: scripts.read(path) !== undefined,
    usedBy: used.get(path)?.steps ?? [],
  }));
}

function inFolder(folder: string, { files }: Outside): readonly string[] {
  const names = files.list(folder).map(({ name }) => name).filter((name) => SCRIPT.test(name) && name !== "runner.py");
  return names.sort(byCodePoint).map((name) => joinPath(folder, name)).filter((path) =>
    files.stat(path)?.kind === "file"
  );
}

function usedBy(pipeline: Pipeline, { env }: Outside): ReadonlyMap<string, { task: string; steps: string[] }> {
  const used = new Map<string, { task: string; steps: string[] }>();
  for (const [step, task] of pipeline.steps.flatMap(scriptsOf)) {
    const resolved = resolveScript(pipeline, task, env);
    if ("missing" in resolved || task === "") continue;
    const known = used.get(resolved.path);
    if (known === undefined) used.set(resolved.path, { task, steps: [step] });
    else known.steps.push(step);
  }
  return used;
}

function scriptsOf(step: Step): readonly (readonly [string, string])[] {
  switch (step.kind) {
    case "task":
      return [[step.name, step.task]];
    case "condition":
      return step.script === undefined ? [] : [[step.name, step.script]];
    case "switch":
      return [];
    case "repeated":
      return step.steps.map(({ name, task }) => [name, task] as const);
  }
}
