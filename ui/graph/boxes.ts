/**
 * Adding, renaming, moving and removing what stands on the canvas.
 *
 * @module
 */

import type { Edit, TypedValue } from "../../core/edit/mod.ts";
import type { Pipeline } from "../../core/graph/pipeline.ts";
import type { TaskSchema } from "../../core/python/front_matter.ts";
import type { Value } from "../../core/graph/text/mod.ts";
import type { Box } from "./canvas.ts";
import type { Gesture, Refused } from "./gesture.ts";
import { freeName } from "./names.ts";
import type { Point } from "./sizes.ts";

export { addCopy } from "./copies.ts";
export { removeBoxes } from "./removal.ts";
export type { Point };

/** Types that data can have. */
export const DATA_TYPES = ["image", "video", "csv", "json", "txt", "image_directory", "data_folder"] as const;

/** A step for a script: its inputs and outputs empty, its required arguments and those with a default as declared. */
export function addStep(
  pipeline: Pipeline,
  task: Pick<TaskSchema, "name" | "inputs" | "outputs" | "args"> & { readonly script: string },
  at: Point,
): Gesture {
  const name = freeName(task.name, new Set(pipeline.steps.map(({ name }) => name)));
  const empty = (keys: Iterable<string>) => new Map<Value, Value>(Array.from(keys, (key) => [key, null]));
  const args = new Map<Value, Value>();
  for (const [flag, arg] of task.args) if (arg.default !== undefined) args.set(flag, arg.default);
  const fields = new Map<string, Value>([["task", task.script]]);
  if (task.inputs.size > 0) fields.set("inputs", empty(task.inputs.keys()));
  if (task.outputs.size > 0) fields.set("outputs", empty(task.outputs.keys()));
  if (args.size > 0) fields.set("args", args);
  return { label: `add ${name}`, edits: [{ kind: "add_step", name, fields }, placed(name, at)], select: name };
}

/** A data entry without a path. */
export function addData(pipeline: Pipeline, type: string, at: Point): Gesture {
  const name = freeName(type, new Set([...pipeline.data.keys(), ...pipeline.parameters.keys()]));
  const value = new Map<Value, Value>([["path", ""], ["type", type]]);
  const id = `data_${name}`;
  return { label: `add ${name}`, edits: [{ kind: "add_data", name, value }, placed(id, at)], select: id };
}

/** A parameter. A value that was typed keeps its spelling: `010` does not become `8`. */
export function addParameter(pipeline: Pipeline, wanted: string, { value, source }: TypedValue, at: Point): Gesture {
  const name = freeName(wanted, new Set([...pipeline.parameters.keys(), ...pipeline.data.keys()]));
  const id = `param_${name}`;
  const made: readonly Edit[] = source === undefined ? [{ kind: "add_parameter", name, value }] : [
    { kind: "add_parameter", name, value: "" },
    { kind: "set", path: ["parameters", name], value, source },
  ];
  return { label: `add ${name}`, edits: [...made, placed(id, at)], select: id };
}

/** Another value; all copies have it. */
export function setParameter(name: string, typed: TypedValue): Gesture {
  return { label: `change ${name}`, edits: [{ kind: "set", path: ["parameters", name], ...typed }] };
}

/** Boxes put elsewhere. */
export function moveBoxes(places: ReadonlyMap<string, Point>, group?: string): Gesture {
  const edits = [...places].map(([id, at]) => placed(id, at));
  return { label: places.size === 1 ? `move ${[...places.keys()][0]}` : `move ${places.size} boxes`, edits, group };
}

function placed(node: string, { x, y }: Point): Edit {
  return { kind: "place_node", node, x: Math.round(x), y: Math.round(y) };
}

/** Another name, which all references follow. */
export function renameBox(box: Box, name: string): Gesture | Refused {
  const wanted = name.trim();
  if (wanted === "") return { refused: "A name cannot be empty" };
  if (wanted === nameOf(box)) return { label: `rename ${box.label}`, edits: [] };
  const select = box.kind === "step" ? wanted : `${box.kind === "data" ? "data" : "param"}_${wanted}`;
  const edits: readonly Edit[] = [{ kind: "rename", path: pathOf(box), name: wanted }];
  return { label: `rename ${box.label}`, edits, select: box.copyOf === undefined ? select : undefined };
}

/** What the file calls it: a step's name, a key, a parameter's name. */
export function nameOf({ id, kind, copyOf }: Pick<Box, "id" | "kind" | "copyOf">): string {
  return kind === "step" ? id : copyOf ?? id.slice(id.indexOf("_") + 1);
}

/** Where in the file a box is written. */
export function pathOf(box: Pick<Box, "id" | "kind" | "copyOf">): readonly string[] {
  const section = box.kind === "step" ? "steps" : box.kind === "data" ? "data" : "parameters";
  return [section, nameOf(box)];
}

/** The places that the file keeps forgotten, so that boxes are laid out anew. */
export function forgetLayout(): Gesture {
  return { label: "lay out", edits: [{ kind: "remove", path: ["layout"] }] };
}
