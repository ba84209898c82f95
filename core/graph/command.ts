/**
 * The exact words that are executed.
 *
 * @module
 */

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
  /** What stands before the script: the program that runs it, with its own words; nothing for one that is run itself. */
  readonly launcher: readonly string[];
  /** Address to the absolute path of its downloaded copy. An address that is not in it stays an address. */
  readonly localCopies?: ReadonlyMap<string, string>;
  /** Words that a person appends. */
  readonly extra?: readonly string[];
}

/** The words to execute: interpreter, script, inputs, outputs, args, appended words. */
export function commandVector(task: ResolvedTask, options: VectorOptions): readonly string[] {
  const words = [...options.launcher, task.script];
  for (const input of task.inputs) words.push(options.localCopies?.get(input.value) ?? input.value);
  for (const output of task.outputs) words.push(output.flag, output.path);
  for (const arg of task.args) words.push(...arg.words);
  words.push(...(options.extra ?? []));
  return words;
}
