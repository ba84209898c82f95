/**
 * What is taken from the panel on the left and let go over the canvas.
 *
 * @module
 */

import { addCopy, addData, addStep } from "../../graph/boxes.ts";
import { freePlace } from "../../graph/free_place.ts";
import type { Gesture, Refused } from "../../graph/gesture.ts";
import { addCondition, addSwitch } from "../../graph/new_steps.ts";
import { rectOf } from "../../graph/sizes.ts";
import type { Task } from "../api/types.ts";
import type { AppState } from "./app_state.ts";
import type { Place } from "./layout.ts";
import { schemaOf } from "./tasks.ts";

/** Something that becomes a box. */
export type Dragged =
  | { readonly kind: "data"; readonly type: string }
  | { readonly kind: "task"; readonly script: string }
  | { readonly kind: "condition" }
  | { readonly kind: "switch" }
  | { readonly kind: "parameter"; readonly name: string };

/** How it is called while it is carried. */
export const DRAGGED = "application/x-loom-box";

/** The deed that makes the box. */
export function placed(
  dragged: Dragged,
  { pipeline, canvas }: Pick<AppState, "pipeline" | "canvas">,
  tasks: readonly Task[],
  at: Place,
): Gesture | Refused {
  if (pipeline === undefined) return { refused: "Nothing can be added while the text cannot be read" };
  switch (dragged.kind) {
    case "data":
      return addData(pipeline, dragged.type, at);
    case "parameter":
      return addCopy(canvas, dragged.name, at);
    case "condition":
      return addCondition(pipeline, undefined, at);
    case "switch":
      return addSwitch(pipeline, at);
    case "task": {
      const task = tasks.find(({ script }) => script === dragged.script);
      if (task === undefined) return { refused: `${dragged.script} is not there any more` };
      return task.kind === "condition" ? addCondition(pipeline, task, at) : addStep(pipeline, schemaOf(task), at);
    }
  }
}

/** Where on the canvas a point of the window lies. */
export function canvasPoint(canvas: HTMLElement, clientX: number, clientY: number): Place {
  const view = canvas.querySelector<HTMLElement>(".react-flow__viewport");
  if (view === null) return { x: 0, y: 0 };
  const { left, top } = view.getBoundingClientRect();
  const scale = new DOMMatrixReadOnly(getComputedStyle(view).transform).a || 1;
  return { x: Math.round((clientX - left) / scale), y: Math.round((clientY - top) / scale) };
}

/** As large as most new boxes are. */
const EXTENT = { width: 280, height: 190 };

/** What is not hidden by what lies over the canvas, from its edges. */
const EDGE = { side: 16, top: 16, bottom: 130 };

/** A point near the middle of what is seen where a new box covers no other. */
export function freePoint({ canvas: { boxes }, places }: Pick<AppState, "canvas" | "places">): Place {
  const canvas = document.querySelector<HTMLElement>("main.canvas");
  if (canvas === null) return { x: 0, y: 0 };
  const { left, top, right, bottom } = canvas.getBoundingClientRect();
  const from = canvasPoint(canvas, left + EDGE.side, top + EDGE.top);
  const to = canvasPoint(canvas, right - EDGE.side, bottom - EDGE.bottom);
  const view = { ...from, width: to.x - from.x, height: to.y - from.y };
  const middle = { x: from.x + (view.width - EXTENT.width) / 2, y: from.y + (view.height - EXTENT.height) / 2 };
  const taken = boxes.flatMap((box) => places.has(box.id) ? [rectOf(box, places.get(box.id)!)] : []);
  const place = freePlace({ ...middle, ...EXTENT }, taken, view);
  return { x: Math.round(place.x), y: Math.round(place.y) };
}
