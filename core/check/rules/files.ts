/**
 * Files that a run would look for in vain.
 *
 * @module
 */

import { nearest, type Problem, type YamlPath } from "../../errors.ts";
import { resolvePath } from "../../graph/resolve.ts";
import type { Step, TaskStep } from "../../graph/pipeline.ts";
import { basename, dirname, joinPath, relativePath } from "../../paths.ts";
import type { Facts, TaskFacts } from "../base/facts.ts";
import { isKnownPath } from "../base/resolved.ts";

/** Inputs that nobody makes and that are not there, and what only a step makes that does not run. */
export function* fileRule(facts: Facts): Generator<Problem> {
  const named = argPaths(facts);
  for (const task of facts.tasks) {
    for (const file of filesOf(task)) yield* missing(facts, task, file, named);
  }
}

interface NeededFile {
  readonly path: string;
  /** Data entry that names it. */
  readonly key?: string;
  readonly place: string;
  readonly at: YamlPath;
}

function* filesOf({ step, resolved }: TaskFacts): Generator<NeededFile> {
  if (resolved === undefined) return;
  for (const { label, kind, value, key, reference } of resolved.inputs) {
    const isBound = reference === "$loop_item" || reference === "$loop_output";
    if (kind !== "path" || isBound || !isKnownPath(value)) continue;
    yield { path: value, key, place: `input '${label}'`, at: [...step.at, "inputs", label] };
  }
  if (resolved.over !== undefined) {
    const key = step.loop?.over.startsWith("$") ? step.loop.over.slice(1) : undefined;
    yield { path: resolved.over, key, place: "loop.over", at: [...step.at, "loop", "over"] };
  }
}

function* missing(
  facts: Facts,
  { step, owner }: TaskFacts,
  file: NeededFile,
  named: ReadonlyMap<string, readonly string[]>,
): Generator<Problem> {
  const { path } = file;
  // `{name}` in a path counts as `*`.
  if (/\{[^{}]*\}/.test(path)) return;
  const writers = facts.writersOf(path);
  // A step may bring what it updates in place.
  if (writers.includes(owner) || (writers.length === 0 && facts.isMade(path))) return;
  if (writers.length > 0 && !onlySkipped(writers, step)) return;
  if (facts.files.stat(path) !== undefined) return;
  yield writers.length > 0 ? skipped(writers, step, file) : absent(facts, step, file, named.get(path) ?? []);
}

/** Whether none of those who make it runs when `step` does. */
function onlySkipped(writers: readonly Step[], step: TaskStep): boolean {
  if (step.disabled) return false;
  return writers.every((writer) => writer.disabled || (writer.optional && !step.optional));
}

function skipped(writers: readonly Step[], step: TaskStep, { place, at }: NeededFile): Problem {
  const [writer] = writers;
  const state = writer.disabled ? "disabled" : "optional";
  return {
    level: "warning",
    code: "skipped-producer",
    message: `Only the ${state} step '${writer.name}' makes ${place} of step '${step.name}', and it is not there`,
    hint: writer.disabled ? `enable '${writer.name}'` : `run it with --include ${writer.name}`,
    step: step.name,
    path: at,
  };
}

function absent(facts: Facts, step: TaskStep, file: NeededFile, others: readonly string[]): Problem {
  const { baseDir, data } = facts.pipeline;
  const shown = relativePath(file.path, baseDir);
  const entry = file.key === undefined ? undefined : data.get(file.key);
  const maker = others.find((name) => name !== step.name);
  if (maker !== undefined) {
    return {
      level: "warning",
      code: "undeclared-output",
      message: `No step declares '${shown}', ${file.place} of step '${step.name}', as an output, and it is not there`,
      hint: `if step '${maker}' makes it, move it from its 'args' to its 'outputs'`,
      step: step.name,
      path: file.at,
    };
  }
  const near = similar(facts, file.path);
  return {
    level: "error",
    code: "input-not-found",
    message: `'${shown}' is not there and no step makes it; it is ${file.place} of step '${step.name}'`,
    hint: near === undefined ? "put it there, or let a step make it" : `did you mean '${relativePath(near, baseDir)}'?`,
    step: step.name,
    path: entry === undefined || entry.at.length === 0 ? file.at : [...entry.at, "path"],
  };
}

function similar(facts: Facts, path: string): string | undefined {
  if (!facts.maySuggest()) return undefined;
  const { files, writers } = facts;
  const folder = dirname(path);
  const made = [...writers.keys()].filter((other) => dirname(other) === folder).map((other) => basename(other));
  const near = nearest(basename(path), [...files.list(folder).map(({ name }) => name).toSorted(), ...made]);
  return near === undefined ? undefined : joinPath(folder, near);
}

/** Paths that steps pass as args: some scripts write there. */
function argPaths(facts: Facts): ReadonlyMap<string, readonly string[]> {
  const named = new Map<string, string[]>();
  for (const { step, resolved } of facts.tasks) {
    for (const { path } of resolved?.args ?? []) {
      if (path !== undefined) named.set(path, [...named.get(path) ?? [], step.name]);
    }
  }
  return named;
}

/** Extra files and folders that steps name by their path. */
export function* settingRule(facts: Facts): Generator<Problem> {
  const { baseDir } = facts.pipeline;
  for (const { step, resolved } of facts.tasks) {
    const { deps, cwd } = resolved?.settings ?? step;
    const named = [
      ...deps.map((text, i) => ({ text, at: ["deps", i] })),
      ...cwd === undefined ? [] : [{ text: cwd, at: ["cwd"] }],
    ];
    for (const { text, at } of named) {
      const path = joinPath(baseDir, text);
      if (text.includes("$") || facts.isMade(path) || facts.files.stat(path) !== undefined) continue;
      const near = similar(facts, path);
      yield {
        level: "warning",
        code: at[0] === "cwd" ? "folder-not-found" : "input-not-found",
        message: `'${text}' is not there and no step makes it; it is ${at[0]} of step '${step.name}'`,
        hint: near === undefined
          ? "paths start from the folder of the pipeline file"
          : `did you mean '${relativePath(near, baseDir)}'?`,
        step: step.name,
        path: [...step.at, ...at],
      };
    }
  }
}

const FOLDER_TYPES = new Set(["data_folder", "image_directory"]);
const FILE_TYPES = new Set(["image", "video", "csv", "json", "txt"]);

/** Sources that are of another kind than their type says. */
export function* kindRule(facts: Facts): Generator<Problem> {
  for (const { key, type = "", at, path } of facts.pipeline.data.values()) {
    if (!FOLDER_TYPES.has(type) && !FILE_TYPES.has(type)) continue;
    const found = path === "" ? undefined : resolvePath(facts.pipeline, `$${key}`, { env: facts.env });
    if (found?.kind !== "path" || facts.isMade(found.path)) continue;
    const kind = facts.files.stat(found.path)?.kind;
    const isWrong = FOLDER_TYPES.has(type) ? kind === "file" : kind === "directory";
    if (!isWrong) continue;
    yield {
      level: "warning",
      code: "wrong-kind",
      message: `Data entry '${key}' is ${type}, but '${path}' is a ${kind === "file" ? "file" : "folder"}`,
      hint: "mend its type or its path",
      path: [...at, "type"],
    };
  }
}

/** Metrics that no step makes. */
export function* metricsRule(facts: Facts): Generator<Problem> {
  yield* metricsOf(facts, facts.pipeline.metrics, ["metrics"]);
  for (const { step } of facts.tasks) yield* metricsOf(facts, step.metrics, [...step.at, "metrics"], step);
}

function* metricsOf(facts: Facts, texts: readonly string[], at: YamlPath, step?: TaskStep): Generator<Problem> {
  for (const [i, text] of texts.entries()) {
    const found = resolvePath(facts.pipeline, text, { env: facts.env });
    if (found.kind === "unknown") yield { ...unknownMetrics(facts, text), step: step?.name, path: [...at, i] };
    if (found.kind !== "path" || facts.isMade(found.path) || facts.files.stat(found.path) !== undefined) continue;
    const near = similar(facts, found.path);
    yield {
      level: "warning",
      code: "metrics-not-made",
      message: `No step makes the metrics '${text}'`,
      hint: near === undefined
        ? "name an output of a step, as '$results' or by its path"
        : `did you mean '${relativePath(near, facts.pipeline.baseDir)}'?`,
      step: step?.name,
      path: [...at, i],
    };
  }
}

function unknownMetrics({ pipeline }: Facts, text: string): Pick<Problem, "level" | "code" | "message" | "hint"> {
  const near = nearest(text.slice(1), pipeline.data.keys());
  const hint = near === undefined ? "add it to 'data'" : `did you mean '$${near}'?`;
  return { level: "error", code: "unknown-reference", message: `Unknown reference '${text}' in metrics`, hint };
}
