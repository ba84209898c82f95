/**
 * The course of a line between two handles: the same for lines that are elements and those that are only painted.
 *
 * @module
 */

import type { Point } from "./sizes.ts";

/** Both points that a cubic curve bends towards. */
export function bends(from: Point, to: Point): readonly [Point, Point] {
  const way = to.x - from.x;
  const out = way >= 0 ? way / 2 : Math.min(240, 7 * Math.sqrt(-way));
  return [{ x: from.x + out, y: from.y }, { x: to.x - out, y: to.y }];
}

/** The curve as an SVG path. */
export function curvePath(from: Point, to: Point): string {
  const [a, b] = bends(from, to);
  return `M${from.x},${from.y} C${a.x},${a.y} ${b.x},${b.y} ${to.x},${to.y}`;
}

/** A way back, below both boxes: feedback of a repeated group. */
export function feedbackPath(from: Point, to: Point, below: number): string {
  const [right, left, bottom] = [from.x + 26, to.x - 26, below];
  const r = 12;
  return `M${from.x},${from.y} H${right - r} Q${right},${from.y} ${right},${from.y + r} V${bottom - r} ` +
    `Q${right},${bottom} ${right - r},${bottom} H${left + r} Q${left},${bottom} ${left},${bottom - r} ` +
    `V${to.y + r} Q${left},${to.y} ${left + r},${to.y} H${to.x}`;
}
