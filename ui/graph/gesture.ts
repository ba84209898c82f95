/**
 * What a person's hand does on the canvas, as changes of the file.
 *
 * @module
 */

import type { Edit } from "../../core/edit/mod.ts";

/** A deed, with words for it. */
export interface Gesture {
  readonly label: string;
  /** Made one after the other; all or none. */
  readonly edits: readonly Edit[];
  /** Id of the box that is selected afterwards; several, where several are. */
  readonly select?: string | readonly string[];
  /** Deeds of one group that follow each other quickly are one for undo. */
  readonly group?: string;
}

/** A deed that cannot be, with the reason. */
export interface Refused {
  readonly refused: string;
}

/** Whether it cannot be. */
export function isRefused(answer: Gesture | Refused): answer is Refused {
  return "refused" in answer;
}
