/**
 * New conditions and switches, and files of folders as data of their own.
 *
 * @module
 */

import type { Pipeline } from "../../core/graph/pipeline.ts";
import type { Value } from "../../core/graph/text/mod.ts";
import type { Gesture } from "./gesture.ts";
import { freeName } from "./names.ts";
import type { Point } from "./sizes.ts";

function map(entries: readonly (readonly [string, Value])[]): Map<Value, Value> {
  return new Map(entries);
}

/** A question: whether something exists, or what a script of this kind asks. */
export function addCondition(
  pipeline: Pipeline,
  script: { readonly name: string; readonly script: string; readonly inputs: readonly { name: string }[] } | undefined,
  at: Point,
): Gesture {
  const name = freeStep(pipeline, script?.name ?? "condition");
  const fields = new Map<string, Value>([["kind", "condition"]]);
  if (script === undefined) fields.set("predicate", "exists").set("inputs", map([["data", null]]));
  else {
    fields.set("script", script.script);
    if (script.inputs.length > 0) fields.set("inputs", map(script.inputs.map(({ name }) => [name, null])));
  }
  return added(name, fields, at);
}

/** A switch, which needs a condition or parameter to follow: the first there is. */
export function addSwitch(pipeline: Pipeline, at: Point): Gesture {
  const name = freeStep(pipeline, "switch");
  const asked = pipeline.steps.find(({ kind }) => kind === "condition")?.name ?? [...pipeline.parameters.keys()][0];
  const condition = asked === undefined ? null : `$${asked}`;
  return added(name, new Map<string, Value>([["kind", "switch"], ["condition", condition], ["data", null]]), at);
}

function added(name: string, fields: ReadonlyMap<string, Value>, { x, y }: Point): Gesture {
  return {
    label: `add ${name}`,
    edits: [
      { kind: "add_step", name, fields },
      { kind: "place_node", node: name, x: Math.round(x), y: Math.round(y) },
    ],
    select: name,
  };
}

function freeStep({ steps }: Pipeline, wanted: string): string {
  return freeName(wanted, new Set(steps.map(({ name }) => name)));
}

const TYPES: Readonly<Record<string, string>> = {
  png: "image",
  jpg: "image",
  jpeg: "image",
  gif: "image",
  webp: "image",
  svg: "image",
  bmp: "image",
  mp4: "video",
  webm: "video",
  mov: "video",
  avi: "video",
  mkv: "video",
  csv: "csv",
  tsv: "csv",
  json: "json",
  txt: "txt",
  log: "txt",
  md: "txt",
};

/** A file of a folder as data of its own, which lies in the folder. */
export function addNested(pipeline: Pipeline, folder: string, file: string): Gesture {
  const base = file.slice(file.lastIndexOf("/") + 1);
  const stem = base.replace(/(?<=.)\.[^.]*$/, "").replace(/[^\p{L}\p{N}_-]+/gu, "_") || "file";
  const name = freeName(/^\d/.test(stem) ? `${folder}_${stem}` : stem, new Set(pipeline.data.keys()));
  const type = TYPES[base.slice(base.lastIndexOf(".") + 1).toLowerCase()];
  const value = map([["path", file], ...(type ? [["type", type] as const] : []), ["nested_in", `$${folder}`]]);
  return { label: `add ${name}`, edits: [{ kind: "add_data", name, value }], select: `data_${name}` };
}
