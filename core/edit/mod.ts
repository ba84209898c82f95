/**
 * Changes of pipeline files that leave everything else as it was, to the byte: comments, blank lines, order, quotes,
 * brackets, anchors, line breaks.
 *
 * The text is never printed anew. Parser events tell where each value stands, and what changes is replaced there. After
 * every edit the new text is read again and compared with the same edit made on the value that the old text stood for;
 * if they differ, nothing is given back.
 *
 * @module
 */

import type { Change, Edit } from "./wish/edits.ts";
import { editWhole } from "./make/whole.ts";
import { editWindow } from "./window/edit.ts";

export type {
  AddEntryEdit,
  AddStepEdit,
  Change,
  Edit,
  EditPath,
  MoveStepEdit,
  PlaceNodeEdit,
  RegroupEdit,
  RemoveEdit,
  RenameEdit,
  SetEdit,
} from "./wish/edits.ts";
export { changeJson } from "./make/changes.ts";
export { parsePath, pathText } from "./wish/path.ts";
export { readValue, type TypedValue } from "./value_input.ts";

/** A text after edits. */
export interface Edited {
  readonly text: string;
  /** What is different, in the order in which it was changed; empty if nothing is. */
  readonly changes: readonly Change[];
}

/** Settings of {@linkcode editPipeline}. */
export interface EditOptions {
  /** Name of the file, for problems. @default {"pipeline.yml"} */
  readonly file?: string;
  /** From how many characters on only the parts that matter are read. @default {20_000} */
  readonly longFrom?: number;
}

/**
 * Edits the text of a pipeline file.
 *
 * @example Usage
 * ```ts
 * import { editPipeline } from "./mod.ts";
 * import { equal } from "node:assert/strict";
 *
 * const text = "parameters:\n  lr: 0.1  # found by hand\n";
 * const edited = await editPipeline(text, [{ kind: "rename", path: "parameters.lr", name: "rate" }]);
 * equal(edited.text, "parameters:\n  rate: 0.1  # found by hand\n");
 * ```
 *
 * @param text The text, with its byte order mark if it has one.
 * @param edits Made one after the other; all or none.
 * @throws {LoomError} `pipeline-invalid` if the text is not YAML; `edit-invalid` if the pipeline would be wrong;
 * `unknown-place`, `unknown-step`, `unknown-group`, `ambiguous-place`, `name-taken`, `name-unusable`, `still-used`,
 * `shared-value`, `edit-unsafe`, `usage`.
 */
export async function editPipeline(
  text: string,
  edits: readonly Edit[],
  options: EditOptions = {},
): Promise<Edited> {
  const mark = text.startsWith("\ufeff") ? "\ufeff" : "";
  const { file = "pipeline.yml", longFrom = LONG } = options;
  const bare = text.slice(mark.length);
  const edited = bare.length < longFrom ? undefined : await editWindow(bare, edits, file);
  if (edited !== undefined) return { text: mark + edited.text, changes: edited.changes };
  const { after, changes } = await editWhole(bare, edits, file);
  return { text: mark + after.text, changes };
}

/** Reading all of a file that is shorter takes a few milliseconds. */
const LONG = 20_000;
