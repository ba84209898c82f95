/**
 * Adding, renaming, moving and removing what stands on the canvas.
 *
 * @module
 */

import type { Edit } from "../../core/edit/mod.ts";
import type { Pipeline } from "../../core/graph/pipeline.ts";
import type { TaskSchema } from "../../core/python/front_matter.ts";
import type { Value } from "../../core/graph/text/mod.ts";
import type { Box, Canvas } from "./canvas.ts";
import type { Gesture, Refused } from "./gesture.ts";
import { freeName } from "./names.ts";

/** A left upper corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

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
  const name = freeName(type, new Set(pipeline.data.keys()));
  const value = new Map<Value, Value>([["path", ""], ["type", type]]);
  const id = `data_${name}`;
  return { label: `add ${name}`, edits: [{ kind: "add_data", name, value }, placed(id, at)], select: id };
}

/** A parameter. */
export function addParameter(pipeline: Pipeline, wanted: string, value: Value, at: Point): Gesture {
  const name = freeName(wanted, new Set(pipeline.parameters.keys()));
  const id = `param_${name}`;
  return { label: `add ${name}`, edits: [{ kind: "add_parameter", name, value }, placed(id, at)], select: id };
}

/** Boxes put elsewhere. */
export function moveBoxes(places: ReadonlyMap<string, Point>): Gesture {
  const edits = [...places].map(([id, at]) => placed(id, at));
  return { label: places.size === 1 ? `move ${[...places.keys()][0]}` : `move ${places.size} boxes`, edits };
}

function placed(node: string, { x, y }: Point): Edit {
  return { kind: "place_node", node, x: Math.round(x), y: Math.round(y) };
}

/** Boxes taken away, with all that refers to them left empty. */
export function removeBoxes(canvas: Canvas, ids: ReadonlySet<string>): Gesture {
  const boxes = canvas.boxes.filter(({ id }) => ids.has(id));
  const edits = boxes.map((box): Edit => ({ kind: "remove", path: pathOf(box), force: true }));
  return { label: boxes.length === 1 ? `remove ${boxes[0].label}` : `remove ${boxes.length} boxes`, edits };
}

/** Another name, which all references follow. */
export function renameBox(box: Box, name: string): Gesture | Refused {
  const wanted = name.trim();
  if (wanted === "") return { refused: "A name cannot be empty" };
  const select = box.kind === "step" ? wanted : `${box.kind === "data" ? "data" : "param"}_${wanted}`;
  return { label: `rename ${box.label}`, edits: [{ kind: "rename", path: pathOf(box), name: wanted }], select };
}

/** Where in the file a box is written. */
export function pathOf({ id, kind }: Pick<Box, "id" | "kind">): readonly string[] {
  if (kind === "step") return ["steps", id];
  return kind === "data" ? ["data", id.slice("data_".length)] : ["parameters", id.slice("param_".length)];
}

/** The places that the file keeps forgotten, so that boxes are laid out anew. */
export function forgetLayout(): Gesture {
  return { label: "lay out", edits: [{ kind: "remove", path: ["layout"] }] };
}
