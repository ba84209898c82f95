/**
 * `loom add step`: a step more.
 *
 * @module
 */

import { readValue } from "../../../../core/edit/mod.ts";
import { usage } from "../../../../core/errors.ts";
import type { Value } from "../../../../core/graph/mod.ts";
import type { Host } from "../../base/host.ts";
import type { ExperimentCommand } from "../../words/command.ts";
import type { AddStepFlags } from "../../words/experiment_flags.ts";
import { editFile } from "./edit_file.ts";

/** Adds a step at the end, behind another one, or in a group. */
export function addStepVerb({ words, flags }: ExperimentCommand<"add step">, host: Host): Promise<number> {
  const [file, name] = words;
  const { after, group } = flags;
  return editFile({ file, edits: [{ kind: "add_step", name, fields: fieldsOf(flags), after, group }], flags }, host);
}

function fieldsOf({ task, input, output, arg }: AddStepFlags): ReadonlyMap<string, Value> {
  if (task === undefined) throw usage("Cannot add a step without a script", "name it with --task PATH");
  const sections: readonly (readonly [string, ReadonlyMap<Value, Value>])[] = [
    ["inputs", pairs(input, (text) => text)],
    ["outputs", pairs(output, (text) => text)],
    ["args", pairs(arg, (text) => readValue(text).value)],
  ];
  return new Map<string, Value>([["task", task], ...sections.filter(([, map]) => map.size > 0)]);
}

/** `KEY=VALUE`, divided at the first `=`; each key once. */
function pairs(words: readonly string[] = [], read: (text: string) => Value): ReadonlyMap<Value, Value> {
  return new Map(words.map((word) => {
    const at = word.indexOf("=");
    return [word.slice(0, at), read(word.slice(at + 1))];
  }));
}
