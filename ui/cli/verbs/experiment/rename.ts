/**
 * `loom rename`: another name, and everything that follows it.
 *
 * @module
 */

import type { Host } from "../../base/host.ts";
import type { ExperimentCommand } from "../../words/command.ts";
import { editFile } from "./edit_file.ts";

/** Renames what the path leads to. */
export function renameVerb({ words, flags }: ExperimentCommand<"rename">, host: Host): Promise<number> {
  const [file, path, name] = words;
  return editFile({ file, edits: [{ kind: "rename", path, name }], flags }, host);
}
