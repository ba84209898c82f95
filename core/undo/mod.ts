/**
 * Taking back what tools changed.
 *
 * @module
 */

export { changesToUndo, planUndo, undo, UNDO_TASK, type UndoDeps, type Undone, type UndoWish } from "./undo.ts";
