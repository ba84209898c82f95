/**
 * How large boxes are and where their handles stand: the same numbers for the page's elements, for the layer that draws
 * far boxes, and for the layout.
 *
 * @module
 */

import type { Box, Handle } from "./canvas.ts";

/** A left upper corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A place with its extent. */
export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** Height of a row with a handle. */
export const ROW = 22;

const HEAD = 32;
const LINE = 20;
const FOOT = 8;

/** Height of the look into a file, with what is free below it. */
const PREVIEW = 92;

/** Widths of boxes in pixels. */
export const BOX_WIDTH: Readonly<Record<Box["kind"], number>> = { step: 268, data: 204, parameter: 164 };

/** Height of a box in pixels, as it is drawn. */
export function boxHeight(box: Box): number {
  if (box.kind === "parameter") return 58;
  if (box.kind === "data") return 76 + (box.hint === undefined ? 0 : LINE) + (box.hasPreview ? PREVIEW : 0);
  const rows = Math.max(sideOf(box, "left").length, sideOf(box, "right").length);
  return rowsFrom(box) + rows * ROW + FOOT;
}

/** The whole of a box. */
export function rectOf(box: Box, { x, y }: Point): Rect {
  return { x, y, width: BOX_WIDTH[box.kind], height: boxHeight(box) };
}

/** Handles of one side, from above. */
export function sideOf({ handles }: Box, side: Handle["side"]): readonly Handle[] {
  return handles.filter((handle) => handle.side === side);
}

/** Where the middle of a handle stands, from the box's corner; `undefined` if the box has no such handle. */
export function handlePlace(box: Box, id: string): Point | undefined {
  const handle = box.handles.find((handle) => handle.id === id);
  if (handle === undefined) return undefined;
  const x = handle.side === "left" ? 0 : BOX_WIDTH[box.kind];
  if (box.kind === "parameter") return { x, y: 42 };
  if (box.kind === "data") return { x, y: 42 };
  return { x, y: rowsFrom(box) + sideOf(box, handle.side).indexOf(handle) * ROW + ROW / 2 };
}

function rowsFrom({ summary }: Box): number {
  return HEAD + LINE + (summary === undefined ? 0 : LINE);
}

/** The smallest rectangle around all of them; `undefined` around none. */
export function around(rects: Iterable<Rect>): Rect | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of rects) {
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + width), Math.max(bottom, y + height)];
  }
  return left === Infinity ? undefined : { x: left, y: top, width: right - left, height: bottom - top };
}

/** Whether two of them share anything. */
export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
