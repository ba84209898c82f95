/**
 * More boxes for one parameter, so that lines need not cross the whole canvas.
 *
 * @module
 */

import type { Edit } from "../../core/edit/mod.ts";
import type { Value } from "../../core/graph/text/mod.ts";
import type { Box, Canvas } from "./canvas.ts";
import type { Gesture } from "./gesture.ts";
import type { Point } from "./sizes.ts";

/** Another box for a parameter. */
export function addCopy({ boxes }: Canvas, parameter: string, at: Point): Gesture {
  const taken = new Set(boxes.map(({ id }) => id));
  let number = 1;
  while (taken.has(`param_${parameter}_ref_${number}`)) number++;
  const id = `param_${parameter}_ref_${number}`;
  const value = new Map<Value, Value>([["parameter", parameter], ["edges", []]]);
  return {
    label: `add a copy of ${parameter}`,
    edits: [
      { kind: "set", path: ["editor", "parameterRefs", id], value },
      { kind: "place_node", node: id, x: Math.round(at.x), y: Math.round(at.y) },
    ],
    select: id,
  };
}

/** Copies are gone; their lines begin at the parameter again. */
export function removeCopy({ boxes }: Canvas, copies: readonly Box[]): readonly Edit[] {
  if (copies.length === 0) return [];
  const isAll = boxes.filter(({ copyOf }) => copyOf !== undefined).length === copies.length;
  const paths = isAll ? [["editor", "parameterRefs"]] : copies.map(({ id }) => ["editor", "parameterRefs", id]);
  const placed = copies.filter(({ isPlaced }) => isPlaced).map(({ id }) => ["layout", id]);
  return [...paths, ...placed].map((path): Edit => ({ kind: "remove", path }));
}

/** Which copy a place's line begins at from now on: `id`, or with none the parameter's own box. */
export function leadFrom(canvas: Canvas, step: string, handle: string, id: string | undefined): readonly Edit[] {
  const edge = `${step}:${handle.slice(handle.indexOf(":") + 1)}`;
  return canvas.boxes.flatMap((box): readonly Edit[] => {
    if (box.copyOf === undefined) return [];
    const edges = edgesOf(canvas, box.id);
    if (box.id === id) return edges.includes(edge) ? [] : [edgesSet(box.id, [...edges, edge])];
    return edges.includes(edge) ? [edgesSet(box.id, edges.filter((other) => other !== edge))] : [];
  });
}

function edgesOf({ lines }: Canvas, id: string): readonly string[] {
  return lines.filter(({ source }) => source === id)
    .map(({ target, targetHandle }) => `${target}:${targetHandle.slice(targetHandle.indexOf(":") + 1)}`);
}

function edgesSet(id: string, edges: readonly string[]): Edit {
  return { kind: "set", path: ["editor", "parameterRefs", id, "edges"], value: edges };
}
