/**
 * What can be asked of a pipeline file.
 *
 * @module
 */

import type { YamlPath } from "../../errors.ts";
import type { Value } from "../../yaml/value.ts";

/** A place, as people write it or part by part. Steps and groups may be named: `steps.train`, `groups.model`. */
export type EditPath = string | YamlPath;

/** One wish. */
export type Edit =
  | SetEdit
  | RenameEdit
  | RemoveEdit
  | AddStepEdit
  | AddEntryEdit
  | MoveStepEdit
  | RegroupEdit
  | PlaceNodeEdit;

/** A value in the place of another, or at the end of a map. */
export interface SetEdit {
  readonly kind: "set";
  readonly path: EditPath;
  readonly value: Value;
  /** How the value should be spelled, such as `1.0e-5`; used where it means the same. */
  readonly source?: string;
}

/** Another name for a step, a group, a data entry, a parameter or a key; whatever names it follows. */
export interface RenameEdit {
  readonly kind: "rename";
  readonly path: EditPath;
  readonly name: string;
}

/** Removes something, with what the canvas keeps of it. */
export interface RemoveEdit {
  readonly kind: "remove";
  readonly path: EditPath;
  /** Also when something still refers to it. */
  readonly force?: boolean;
}

/** A new step: its keys in order, without the name. */
export interface AddStepEdit {
  readonly kind: "add_step";
  readonly name: string;
  readonly fields: ReadonlyMap<string, Value>;
  /** The step it comes after; the last one without it. */
  readonly after?: string;
  readonly group?: string;
}

/** A new data entry or parameter. */
export interface AddEntryEdit {
  readonly kind: "add_data" | "add_parameter";
  readonly name: string;
  readonly value: Value;
}

/** Another place in the order. */
export interface MoveStepEdit {
  readonly kind: "move_step";
  readonly name: string;
  /** The step it comes after; the first one of its list without it. */
  readonly after?: string;
}

/** Into a group, or out of all. */
export interface RegroupEdit {
  readonly kind: "regroup";
  readonly name: string;
  readonly group?: string;
}

/** A position on the canvas, in whole numbers. */
export interface PlaceNodeEdit {
  readonly kind: "place_node";
  /** The step's name, `data_<key>`, `param_<name>`, or a copy's id. */
  readonly node: string;
  readonly x: number;
  readonly y: number;
}

/** One thing that is different now. */
export interface Change {
  /** As people write it; where it was, for what is gone. */
  readonly path: string;
  /** Absent if there was nothing. For a key that was renamed, its name. */
  readonly before?: Value;
  /** Absent if there is nothing any more. */
  readonly after?: Value;
  /** How the value before was spelled. */
  readonly source?: string;
  /** In the new text, from 1; in the old one, for what is gone. */
  readonly line: number;
}
