/**
 * Boxes brought into line.
 *
 * @module
 */

import type { Gesture, Refused } from "./gesture.ts";
import { moveBoxes } from "./boxes.ts";
import { around, type Point, type Rect } from "./sizes.ts";

/** Which sides come to lie on one line, or which gaps become the same. */
export type Alignment = "left" | "right" | "top" | "bottom" | "columns" | "rows";

/** The words for it. */
export const ALIGNMENTS: ReadonlyMap<Alignment, string> = new Map([
  ["left", "Align left"],
  ["right", "Align right"],
  ["top", "Align top"],
  ["bottom", "Align bottom"],
  ["columns", "Same gaps across"],
  ["rows", "Same gaps down"],
]);

/** Two or more boxes aligned. */
export function align(rects: ReadonlyMap<string, Rect>, how: Alignment): Gesture | Refused {
  const frame = around(rects.values());
  if (frame === undefined || rects.size < 2) return { refused: "Select two or more boxes to align" };
  const moved = how === "columns" || how === "rows" ? spread(rects, frame, how) : aligned(rects, frame, how);
  return { ...moveBoxes(moved), label: (ALIGNMENTS.get(how) ?? how).toLowerCase() };
}

function aligned(rects: ReadonlyMap<string, Rect>, frame: Rect, how: Alignment): ReadonlyMap<string, Point> {
  return new Map(Array.from(rects, ([id, { x, y, width, height }]) => {
    if (how === "left") return [id, { x: frame.x, y }];
    if (how === "right") return [id, { x: frame.x + frame.width - width, y }];
    if (how === "top") return [id, { x, y: frame.y }];
    return [id, { x, y: frame.y + frame.height - height }];
  }));
}

function spread(rects: ReadonlyMap<string, Rect>, frame: Rect, how: "columns" | "rows"): ReadonlyMap<string, Point> {
  const isAcross = how === "columns";
  const sorted = [...rects].sort(([, a], [, b]) => isAcross ? a.x - b.x : a.y - b.y);
  const taken = sorted.reduce((sum, [, { width, height }]) => sum + (isAcross ? width : height), 0);
  const gap = ((isAcross ? frame.width : frame.height) - taken) / (sorted.length - 1);
  let next = isAcross ? frame.x : frame.y;
  return new Map(sorted.map(([id, { x, y, width, height }]) => {
    const at = next;
    next += (isAcross ? width : height) + gap;
    return [id, isAcross ? { x: at, y } : { x, y: at }];
  }));
}
