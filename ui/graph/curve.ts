/**
 * The course of a line between two handles: the same for lines that are elements and those that are only painted.
 *
 * @module
 */

import type { Point } from "./sizes.ts";

/** How far beside a box a line turns that leads back. */
export const TURN = 16;

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
  const [right, left, bottom] = [from.x + TURN, to.x - TURN, below];
  const r = 10;
  return `M${from.x},${from.y} H${right - r} Q${right},${from.y} ${right},${from.y + r} V${bottom - r} ` +
    `Q${right},${bottom} ${right - r},${bottom} H${left + r} Q${left},${bottom} ${left},${bottom - r} ` +
    `V${to.y + r} Q${left},${to.y} ${left + r},${to.y} H${to.x}`;
}

const SLOPE = 36;

/** A way around boxes, which goes across at one height. */
export function aroundPath(from: Point, to: Point, across: number): string {
  const room = to.x - from.x;
  if (room < 2 * SLOPE) return backPath(from, to, across);
  const [a, b] = [from.x + SLOPE, to.x - SLOPE];
  return `M${from.x},${from.y} C${a - SLOPE / 3},${from.y} ${from.x + SLOPE / 3},${across} ${a},${across} H${b} ` +
    `C${to.x - SLOPE / 3},${across} ${b + SLOPE / 3},${to.y} ${to.x},${to.y}`;
}

/** Out on the right, across, and in from the left. */
function backPath(from: Point, to: Point, across: number): string {
  const [right, left] = [from.x + TURN, to.x - TURN];
  const turn = (y: number) => Math.min(10, Math.abs(across - y) / 2);
  const [r, s] = [turn(from.y), turn(to.y)];
  const [down, on] = [Math.sign(across - from.y), Math.sign(to.y - across)];
  return `M${from.x},${from.y} H${right - r} Q${right},${from.y} ${right},${from.y + down * r} ` +
    `V${across - down * r} Q${right},${across} ${right - r},${across} H${left + s} ` +
    `Q${left},${across} ${left},${across + on * s} V${to.y - on * s} Q${left},${to.y} ${left + s},${to.y} H${to.x}`;
}
