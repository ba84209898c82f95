/**
 * The place of a value: what is before it, and how something else would be written there.
 *
 * @module
 */

import type { Doc } from "../source/doc.ts";
import { columnOf } from "../source/lines.ts";
import type { SourceNode } from "../source/node.ts";
import { behindColon, isInBrackets, type Spot } from "./find.ts";

/** A place that holds a value. */
export interface Slot {
  readonly node: SourceNode;
  /** Behind the colon or the dash before it. */
  readonly after: number;
  readonly isFlow: boolean;
  /** Of its key or its dash. */
  readonly column: number;
  readonly isItem: boolean;
  /** Whether it is a section of the file. */
  readonly isSection: boolean;
}

/** The slot of what is there. */
export function slotOf(doc: Doc, { owner, around, entry, item }: Spot): Slot {
  const isFlow = isInBrackets(owner);
  const start = entry?.start ?? item!.start;
  const after = entry !== undefined ? behindColon(doc, entry) : isFlow ? start : start + 1;
  return {
    node: entry?.value ?? item!.value,
    after,
    isFlow,
    column: columnOf(doc.text, start),
    isItem: item !== undefined,
    isSection: around.length === 0,
  };
}

/** Whether nothing but blanks stands before `offset` on its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  return text.slice(offset - columnOf(text, offset), offset).trim() === "";
}
