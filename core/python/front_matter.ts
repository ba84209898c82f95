/**
 * What a task says about itself: the YAML block in its module docstring, or in the comment at its head. It informs, and
 * never changes a command.
 *
 * @module
 */

import { isLoomError } from "../errors.ts";
import type { FileReader } from "../ports/files.ts";
import { readDocstring } from "./docstring.ts";
import { type Block, findBlock } from "./front_matter_block.ts";
import { descriptionOf, headComment } from "./front_matter_comment.ts";
import { basename, dirname, extension, joinPath } from "../paths.ts";
import { byCodePoint } from "./compare.ts";
import { syntaxProblem } from "./syntax.ts";
import { pyStr, type Value } from "../yaml/value.ts";
import { readYaml } from "../yaml/read.ts";

/** An input or output of a task. */
export interface TaskPort {
  /** A word such as `image` or `csv`; absent when the task does not say. */
  readonly type?: string;
  readonly description: string;
}

/** A flag of a task. */
export interface TaskArg {
  /** `str`, `int`, `float`, `bool`, or whatever the task says. */
  readonly type: string;
  /** For people and checks: never passed on. */
  readonly default?: Value;
  readonly description: string;
  readonly required: boolean;
  readonly choices?: readonly Value[];
}

/** The interface of a task, in the order of its front matter. */
export interface TaskSchema {
  /** File name without extension. */
  readonly name: string;
  /** `<folder>/<file>`, as a typical `task:` has it. */
  readonly path: string;
  /** First line of the docstring; empty without one. */
  readonly description: string;
  /** Whether the file answers a question instead of doing work. */
  readonly kind?: "condition";
  readonly inputs: ReadonlyMap<string, TaskPort>;
  readonly outputs: ReadonlyMap<string, TaskPort>;
  readonly args: ReadonlyMap<string, TaskArg>;
  /** Why the interface, or a part of it, could not be read; that part is empty then. */
  readonly problem?: string;
  /** Where in the source that is, both counted from 1, if it can be told. */
  readonly problemAt?: { readonly line: number; readonly column: number };
}

/**
 * Read the front matter of a task from its source, without running or importing anything. Of Python it stands in the
 * docstring, or else in the comment at its head, as in all other languages: lines of `#` or `//`.
 *
 * Never throws: a source that is no Python, a docstring without a block and a block that is no YAML give an empty
 * schema, with `problem` where something is wrong.
 *
 * @param source Text of the file.
 * @param path Its absolute path.
 */
export function readTaskSchema(source: string, path: string): TaskSchema {
  const file = basename(path);
  const empty: TaskSchema = {
    name: file.replace(/(?<=.)\.[^.]*$/, ""),
    path: joinPath(basename(dirname(path)), file, "posix"),
    description: "",
    inputs: new Map(),
    outputs: new Map(),
    args: new Map(),
  };
  if (isOtherLanguage(source, path)) return { ...empty, ...fromComment(source, path) };
  const problem = syntaxProblem(source);
  if (problem !== undefined) return { ...empty, problem };
  const docstring = readDocstring(source);
  const described = { ...empty, description: docstring?.split("\n")[0].trim() ?? "" };
  const block = docstring === undefined ? undefined : findBlock(docstring);
  if (block !== undefined) return { ...described, ...readBlock(block.text, path, placeInDocstring(source, block)) };
  const { description = "", ...other } = fromComment(source, path, true);
  return { ...described, ...(described.description === "" && other.inputs !== undefined && { description }), ...other };
}

/** What has no extension is Python's, as it always was, unless its first line says otherwise. */
function isOtherLanguage(source: string, path: string): boolean {
  const ending = extension(path).toLowerCase();
  if (ending === ".py" || ending === ".pyw") return false;
  return COMMENTED.has(ending) || (source.startsWith("#!") && !/^#![^\n]*python/.test(source));
}

const COMMENTED = new Set([
  ...[".sh", ".bash", ".zsh", ".r", ".jl", ".pl", ".rb"],
  ...[".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".jsx"],
]);

/** `blockOnly`: a comment without a block says nothing. */
function fromComment(source: string, path: string, blockOnly = false): Partial<TaskSchema> {
  const comment = headComment(source, path);
  if (comment === undefined) return {};
  const { block, line, column } = comment;
  const description = descriptionOf(comment);
  if (block === undefined) return blockOnly ? {} : { description };
  return { description, ...readBlock(block.text, path, { line: line + block.line + 1, column: column + 1 }) };
}

/** Where a block begins in the source; the first line of dashes there is the one before it. */
function placeInDocstring(source: string, { fence, line }: Block): Place | undefined {
  const lines = source.split("\n");
  const at = lines.findIndex((text) => text.trim() === "---");
  return at < 0 ? undefined : { line: at + line - fence + 1, column: lines[at].indexOf("-") + 1 };
}

type Place = NonNullable<TaskSchema["problemAt"]>;

/** Schemas of the tasks in a folder: `*.py` directly in it, by name, without `_…`, hidden files and `runner.py`. */
export function discoverTasks(folder: string, files: FileReader): TaskSchema[] {
  const names = files.list(folder).map((entry) => entry.name).filter((name) => /^[^_.].*\.py$/s.test(name));
  return names.filter((name) => name !== "runner.py").sort(byCodePoint).flatMap((name) => {
    const path = joinPath(folder, name);
    const source = files.stat(path)?.kind === "file" ? files.readText(path) : undefined;
    return source === undefined ? [] : [readTaskSchema(source, path)];
  });
}

type Interface = Pick<TaskSchema, "kind" | "inputs" | "outputs" | "args" | "problem" | "problemAt">;

/** `start`: where the block begins in the source. */
function readBlock(block: string, path: string, start: Place | undefined): Partial<Interface> {
  const root = readRoot(block, path);
  if ("problem" in root) {
    const { problem, line, column } = root;
    if (start === undefined) return { problem };
    return { problem, problemAt: { line: start.line + line - 1, column: start.column + column - 1 } };
  }
  const problems: string[] = [];
  const section = (key: string) => sectionOf(root, key, problems);
  const { inputs, outputs, args } = { inputs: section("inputs"), outputs: section("outputs"), args: section("args") };
  return {
    ...(root.get("kind") === "condition" ? { kind: "condition" as const } : {}),
    inputs: mapValues(inputs, readPort),
    outputs: mapValues(outputs, readPort),
    args: mapValues(args, readArg),
    ...(problems.length > 0 ? { problem: problems.join("; ") } : {}),
  };
}

/** The map in the block, or why there is none, and where. */
function readRoot(
  block: string,
  path: string,
): ReadonlyMap<Value, Value> | { readonly problem: string; readonly line: number; readonly column: number } {
  try {
    const { value } = readYaml(block, path);
    if (value instanceof Map) return value;
    if (value === null) return new Map();
    return { problem: "the front matter is no map of keys to values", line: 1, column: 1 };
  } catch (error) {
    // A broken block only means that nothing is known of the task: pipelines run without front matter.
    if (!isLoomError(error)) throw error;
    const [first] = error.problems;
    const problem = `the front matter is no YAML: ${first?.message ?? error.message}`;
    return { problem, line: first?.line ?? 1, column: first?.column ?? 1 };
  }
}

function sectionOf(root: ReadonlyMap<Value, Value>, key: string, problems: string[]): ReadonlyMap<Value, Value> {
  const value = root.get(key);
  if (value instanceof Map) return value;
  if (value !== undefined && value !== null) problems.push(`'${key}' is no map of names`);
  return new Map();
}

function mapValues<T>(section: ReadonlyMap<Value, Value>, read: (value: Value) => T): Map<string, T> {
  return new Map(Array.from(section, ([name, value]) => [pyStr(name), read(value)]));
}

function readPort(value: Value): TaskPort {
  if (!(value instanceof Map)) return { description: textOf(value) };
  const type = value.get("type");
  const description = textOf(value.get("description"));
  return type === undefined || type === null ? { description } : { type: pyStr(type), description };
}

function readArg(value: Value): TaskArg {
  if (!(value instanceof Map)) return { type: "str", description: textOf(value), required: false };
  const [preset, choices] = [value.get("default"), value.get("choices")];
  return {
    type: textOf(value.get("type")) || "str",
    ...(preset === undefined || preset === null ? {} : { default: preset }),
    description: textOf(value.get("description")),
    required: value.get("required") === true,
    ...(Array.isArray(choices) ? { choices } : {}),
  };
}

function textOf(value: Value | undefined): string {
  return value === undefined || value === null ? "" : pyStr(value);
}
