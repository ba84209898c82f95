/**
 * A pipeline's text while it is being edited: what is on the disk, what was changed since, and the way back.
 *
 * The text is the truth, and the canvas one view of it: whatever a person does becomes a change of the text, so that what
 * they wrote by hand stays as they wrote it. Changes are data, and saving loses none of them.
 *
 * @module
 */

import { mergeLines } from "./merge.ts";
import { applySplice, inverseSplice, type Splice, spliceBetween } from "./splice.ts";

/** A change that can be taken back, with words for it. */
export interface Change {
  readonly label: string;
  readonly splice: Splice;
  /** Milliseconds, by any clock. */
  readonly at: number;
  /** Changes of one kind that follow each other quickly are one: typing in one field. */
  readonly group?: string;
}

/** A text on the disk. */
export interface Version {
  readonly text: string;
  readonly digest: string;
}

/** Everything about a document. Plain data: it can be kept by a browser and be taken up again. */
export interface DocumentState {
  readonly path: string;
  readonly base: Version;
  readonly text: string;
  /** The newest last. */
  readonly past: readonly Change[];
  /** What was taken back, the next to be done again last. */
  readonly future: readonly Change[];
  /** What somebody else wrote, where it could not be put together with what was changed here. */
  readonly conflict?: Version;
}

/** Levels of undo. */
export const LEVELS = 200;

/** Typing that pauses for less than this is one change. */
const GROUP_MS = 300;

/** A document as it was read. */
export function openDocument(path: string, base: Version): DocumentState {
  return { path, base, text: base.text, past: [], future: [] };
}

/** Whether it differs from the disk. */
export function isChanged({ text, base }: DocumentState): boolean {
  return text !== base.text;
}

/** With another text. Nothing to do again is left. */
export function changeText(
  state: DocumentState,
  text: string,
  { label, at, group }: Omit<Change, "splice">,
): DocumentState {
  const splice = spliceBetween(state.text, text);
  if (splice === undefined) return state;
  const last = state.past.at(-1);
  if (last !== undefined && group !== undefined && last.group === group && at - last.at < GROUP_MS) {
    return replaceLast(state, text, { label, at, group });
  }
  return { ...state, text, past: [...state.past, { label, splice, at, group }].slice(-LEVELS), future: [] };
}

function replaceLast(state: DocumentState, text: string, change: Omit<Change, "splice">): DocumentState {
  const before = applySplice(state.text, inverseSplice(state.past.at(-1)!.splice));
  const splice = spliceBetween(before, text);
  const past = state.past.slice(0, -1);
  return { ...state, text, past: splice === undefined ? past : [...past, { ...change, splice }], future: [] };
}

/** The last change taken back. */
export function undo(state: DocumentState): DocumentState {
  const change = state.past.at(-1);
  if (change === undefined) return state;
  const text = applySplice(state.text, inverseSplice(change.splice));
  return { ...state, text, past: state.past.slice(0, -1), future: [...state.future, change] };
}

/** The last one taken back done again. */
export function redo(state: DocumentState): DocumentState {
  const change = state.future.at(-1);
  if (change === undefined) return state;
  const text = applySplice(state.text, change.splice);
  return { ...state, text, past: [...state.past, change], future: state.future.slice(0, -1) };
}

/** Written to the disk. What can be taken back stays. */
export function saved(state: DocumentState, base: Version): DocumentState {
  return { ...state, base, conflict: undefined };
}

/**
 * Somebody else wrote the file: their text is taken up; what was changed here is put on top of it where both do not
 * touch the same lines, and is a conflict otherwise, with nothing lost.
 */
export function changedOnDisk(state: DocumentState, theirs: Version, at: number): DocumentState {
  if (theirs.digest === state.base.digest) return state.conflict ? { ...state, conflict: undefined } : state;
  if (!isChanged(state)) return adopt(state, theirs, theirs.text, at);
  if (theirs.text === state.text) return { ...state, base: theirs, conflict: undefined };
  const merged = mergeLines(state.text, state.base.text, theirs.text);
  return merged === undefined ? { ...state, conflict: theirs } : adopt(state, theirs, merged, at);
}

/**
 * The person's answer to a conflict.
 *
 * @param conflict What is on the disk now, if that was looked at since.
 */
export function settle(
  state: DocumentState,
  choice: "mine" | "theirs",
  at: number,
  conflict: Version | undefined = state.conflict,
): DocumentState {
  if (conflict === undefined) return state;
  if (choice === "mine") return { ...state, base: conflict, conflict: undefined };
  return adopt(state, conflict, conflict.text, at);
}

function adopt(state: DocumentState, base: Version, text: string, at: number): DocumentState {
  const changed = changeText(state, text, { label: "change on the disk", at });
  return { ...changed, base, conflict: undefined };
}
