/**
 * The words of a command, each with the place in the file that it comes from.
 *
 * @module
 */

import { referenceName } from "../../graph/resolve.ts";
import type { ResolvedTask } from "../../graph/resolve_task.ts";

/** Where a word comes from. */
export interface WordOrigin {
  readonly section: "inputs" | "outputs" | "args";
  /** Label or flag. */
  readonly key: string;
  /** Whether it is the flag itself. */
  readonly isFlag: boolean;
  /** The parameter that gave the value, if one did alone. */
  readonly parameter?: string;
}

/** Words of a command without interpreter and script. */
export interface TaggedWords {
  readonly words: readonly string[];
  readonly origins: readonly WordOrigin[];
}

/** The words that a task passes to its script, in their order. */
export function taggedWords({ inputs, outputs, args }: ResolvedTask): TaggedWords {
  const words: string[] = [];
  const origins: WordOrigin[] = [];
  const add = (word: string, origin: WordOrigin) => {
    words.push(word);
    origins.push(origin);
  };
  for (const { label, value } of inputs) add(value, { section: "inputs", key: label, isFlag: false });
  for (const { flag, path } of outputs) {
    add(flag, { section: "outputs", key: flag, isFlag: true });
    add(path, { section: "outputs", key: flag, isFlag: false });
  }
  for (const { flag, words: own, parameter, reference } of args) {
    const from = parameter !== undefined && referenceName(reference ?? "") === parameter ? { parameter } : {};
    own.forEach((word, i) => add(word, { section: "args", key: flag, isFlag: i === 0, ...from }));
  }
  return { words, origins };
}
