/**
 * Edits of long files, made on the parts they have to do with.
 *
 * @module
 */

import { isLoomError } from "../../errors.ts";
import type { Change, Edit } from "../wish/edits.ts";
import { type EditedDoc, editWhole } from "../make/whole.ts";
import { filled, lineInWhole, movedGaps, type Window, windowOf } from "./window.ts";

/** A text after edits. */
export interface EditedText {
  readonly text: string;
  readonly changes: readonly Change[];
}

/**
 * Makes the edits; `undefined` if they need the whole text, or cannot be made: then the whole text tells why.
 *
 * @param text Without a byte order mark.
 */
export async function editWindow(text: string, edits: readonly Edit[], file: string): Promise<EditedText | undefined> {
  const window = windowOf(text, edits);
  if (window === undefined) return undefined;
  try {
    return widened(window, await editWhole(window.text, edits, file));
  } catch (error) {
    if (!isLoomError(error)) throw error;
    return undefined;
  }
}

function widened(window: Window, { after, changes, steps }: EditedDoc): EditedText | undefined {
  let { gaps } = window;
  for (const { splices } of steps) {
    const moved = movedGaps(gaps, splices);
    if (moved === undefined) return undefined;
    gaps = moved;
  }
  const whole = changes.map((change) => {
    const isGone = change.after === undefined;
    return { ...change, line: lineInWhole(isGone ? window : { text: after.text, gaps }, change.line) };
  });
  return { text: filled(after.text, gaps), changes: whole };
}
