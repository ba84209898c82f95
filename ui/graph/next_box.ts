/**
 * Going from box to box without a pointer.
 *
 * @module
 */

import { overlaps, type Point, type Rect } from "./sizes.ts";

/** What lies aside counts so much more than what lies ahead. */
const ASIDE = 2.5;

/** The nearest box that way; without a box to start from, the first one in view, or of all. */
export function nextBox(
  rects: ReadonlyMap<string, Rect>,
  from: string | undefined,
  way: readonly [x: number, y: number],
  view?: Rect,
): string | undefined {
  const start = from === undefined ? undefined : rects.get(from);
  if (start === undefined) return firstBox(rects, view);
  const middle = middleOf(start);
  let [best, bestCost] = [undefined as string | undefined, Infinity];
  for (const [id, rect] of rects) {
    const other = middleOf(rect);
    const [x, y] = [other.x - middle.x, other.y - middle.y];
    const ahead = x * way[0] + y * way[1];
    const aside = Math.abs(x * way[1]) + Math.abs(y * way[0]);
    const cost = ahead + ASIDE * aside;
    if (id !== from && ahead > 0 && cost < bestCost) [best, bestCost] = [id, cost];
  }
  return best;
}

function firstBox(rects: ReadonlyMap<string, Rect>, view: Rect | undefined): string | undefined {
  const all = [...rects];
  const seen = view === undefined ? [] : all.filter(([, rect]) => overlaps(rect, view));
  const [first] = (seen.length > 0 ? seen : all).sort(([, a], [, b]) => a.x + a.y - b.x - b.y);
  return first?.[0];
}

function middleOf({ x, y, width, height }: Rect): Point {
  return { x: x + width / 2, y: y + height / 2 };
}
