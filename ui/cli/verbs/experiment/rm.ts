/**
 * `loom rm`: takes something out of a pipeline file.
 *
 * @module
 */

import type { Host } from "../../base/host.ts";
import type { ExperimentCommand } from "../../words/command.ts";
import { editFile } from "./edit_file.ts";

/** Removes what the path leads to, with the comments that belong to it. */
export function rmVerb({ words, flags }: ExperimentCommand<"rm">, host: Host): Promise<number> {
  const [file, path] = words;
  return editFile({ file, edits: [{ kind: "remove", path, force: flags.force }], flags }, host);
}
