/**
 * `loom set`: one value of a pipeline file.
 *
 * @module
 */

import { type Edited, readValue, type TypedValue } from "../../../../core/edit/mod.ts";
import type { Host } from "../../base/host.ts";
import type { ExperimentCommand } from "../../words/command.ts";
import { editFile } from "./edit_file.ts";

/** Changes it, or adds it where nothing is. */
export function setVerb({ words, flags }: ExperimentCommand<"set">, host: Host): Promise<number> {
  const [file, path, typed] = words;
  const wanted = readValue(typed);
  const note = ({ changes }: Edited) => becameOther(path, wanted, changes.at(-1)?.before);
  return editFile({ file, edits: [{ kind: "set", path, ...wanted }], flags, note }, host);
}

/** A text that becomes a number, or something else that looks like it, may not be what was meant. */
function becameOther(path: string, { value, source }: TypedValue, before: unknown): string | undefined {
  if (typeof before !== "string" || typeof value === "string" || value === null) return undefined;
  if (Array.isArray(value) || value instanceof Map) return undefined;
  return `${path} was a text and is none any more; '"${source}"' keeps it one`;
}
