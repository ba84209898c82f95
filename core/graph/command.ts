/**
 * The exact words that are executed.
 *
 * @module
 */

import type { FileInfo } from "../ports/files.ts";
import { extension } from "../paths.ts";
import type { ResolvedTask } from "./resolve_task.ts";

export { iterationBinding, iterationPath } from "./iteration.ts";
export {
  type ResolvedArg,
  type ResolvedInput,
  type ResolvedOutput,
  type ResolvedTask,
  resolveLoop,
  resolveTask,
  type ResolveTaskOptions,
} from "./resolve_task.ts";

/** How a vector is put together. */
export interface VectorOptions {
  /** The interpreter; not needed for a program. */
  readonly python?: string;
  /** See {@linkcode isProgram}. */
  readonly isProgram: boolean;
  /** Address to the absolute path of its downloaded copy. An address that is not in it stays an address. */
  readonly localCopies?: ReadonlyMap<string, string>;
  /** Words that a person appends. */
  readonly extra?: readonly string[];
}

/** The words to execute: interpreter, script, inputs, outputs, args, appended words. */
export function commandVector(task: ResolvedTask, options: VectorOptions): readonly string[] {
  const words = options.isProgram ? [task.script] : [options.python ?? "python3", task.script];
  for (const input of task.inputs) words.push(options.localCopies?.get(input.value) ?? input.value);
  for (const output of task.outputs) words.push(output.flag, output.path);
  for (const arg of task.args) words.push(...arg.words);
  words.push(...(options.extra ?? []));
  return words;
}

const SCRIPT_EXTENSIONS = new Set([".py", ".ts", ".js", ".sh", ".r"]);

/** Whether a task is run itself, without Python in front: an absolute path or execute bit, and no known extension. */
export function isProgram(
  task: Pick<ResolvedTask, "script" | "scriptIsAbsolute">,
  stat: (path: string) => FileInfo | undefined,
): boolean {
  if (SCRIPT_EXTENSIONS.has(extension(task.script).toLowerCase())) return false;
  if (task.scriptIsAbsolute) return true;
  const info = stat(task.script);
  return info?.kind === "file" && info.executable;
}
