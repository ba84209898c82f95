/**
 * Where pasted boxes go.
 *
 * @module
 */

import type { Canvas } from "./canvas.ts";
import { freePlace } from "./free_place.ts";
import { around, BOX_WIDTH, boxHeight, type Point, type Rect, rectOf } from "./sizes.ts";

/** How far a copy lies at least from what it was made of. */
const OFFSET = 40;

/** Height of a box that is not on the canvas, about. */
const HEIGHT = 140;

/** The way that copied boxes go, by their old ids and places: all together, to the nearest place where they cover none. */
export function shiftOfCopies(
  copied: ReadonlyMap<string, Point>,
  { boxes }: Canvas,
  places: ReadonlyMap<string, Point>,
): Point {
  const known = new Map(boxes.map((box) => [box.id, box]));
  const taken = Array.from(places, ([id, at]): Rect | undefined => {
    const box = known.get(id);
    return box && rectOf(box, at);
  }).filter((rect) => rect !== undefined);
  const whole = around(Array.from(copied, ([id, at]): Rect => {
    const box = known.get(id);
    return { ...at, width: BOX_WIDTH[kindOfId(id)], height: box === undefined ? HEIGHT : boxHeight(box) };
  }));
  if (whole === undefined) return { x: OFFSET, y: OFFSET };
  const place = freePlace({ ...whole, x: whole.x + OFFSET, y: whole.y + OFFSET }, taken);
  return { x: place.x - whole.x, y: place.y - whole.y };
}

function kindOfId(id: string): "step" | "data" | "parameter" {
  return id.startsWith("data_") ? "data" : id.startsWith("param_") ? "parameter" : "step";
}
