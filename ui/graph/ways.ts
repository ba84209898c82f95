/**
 * Ways of lines that would run behind boxes: they go through a gap between them.
 *
 * @module
 */

import type { Box, Line } from "./canvas.ts";
import { bends, TURN } from "./curve.ts";
import { handlePlace, type Point, type Rect } from "./sizes.ts";
import type { Spatial } from "./spatial.ts";

/** What a line keeps away from boxes. */
const AWAY = 10;
/** Lines in one gap lie so far apart. */
const LANE = 8;
/** A gap less high than this is gone through in its middle. */
const WIDE = 240;
/** The curve is looked at in so many points. */
const POINTS = 14;

/** A free stretch between boxes, from above to below. */
interface Gap {
  readonly top: number;
  readonly bottom: number;
}

/** The heights at which lines go across, by their ids; those that meet no box go straight. */
export function waysAround(
  lines: readonly Line[],
  boxes: ReadonlyMap<string, Box>,
  spatial: Spatial,
): ReadonlyMap<string, number> {
  const [ways, lanes] = [new Map<string, number>(), new Map<number, string[]>()];
  for (const line of lines) {
    const [from, to] = [endAt(line.source, line.sourceHandle), endAt(line.target, line.targetHandle)];
    if (line.feedback || from === undefined || to === undefined) continue;
    // What leads back would run behind its own boxes.
    if (to.x >= from.x && isFree(from, to, spatial, line)) continue;
    const gap = bestGap(from, to, spatial);
    if (gap === undefined) continue;
    ways.set(line.id, inGap(gap, (from.y + to.y) / 2, laneOf(gap, `${line.source}|${line.sourceHandle}`)));
  }
  return ways;

  /** Lines that begin at one handle go together. */
  function laneOf(gap: Gap, start: string): number {
    const starts = lanes.get(gap.top) ?? [];
    lanes.set(gap.top, starts);
    return starts.includes(start) ? starts.indexOf(start) : starts.push(start) - 1;
  }

  function endAt(id: string, handle: string): Point | undefined {
    const [box, rect] = [boxes.get(id), spatial.rects.get(id)];
    const at = box && handlePlace(box, handle);
    return at && rect && { x: rect.x + at.x, y: rect.y + at.y };
  }
}

/** Whether the plain curve meets no box but its own. */
function isFree(from: Point, to: Point, spatial: Spatial, ends: Pick<Line, "source" | "target">): boolean {
  const [a, b] = bends(from, to);
  for (let step = 1; step < POINTS; step++) {
    const t = step / POINTS;
    const [p, q, r, s] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
    const x = p * from.x + q * a.x + r * b.x + s * to.x;
    const y = p * from.y + q * a.y + r * b.y + s * to.y;
    if (meets(spatial, { x: x - 2, y: y - 2, width: 4, height: 4 }, ends)) return false;
  }
  return true;
}

function meets(spatial: Spatial, rect: Rect, but?: Pick<Line, "source" | "target">): boolean {
  for (const id of spatial.within(rect)) if (id !== but?.source && id !== but?.target) return true;
  return false;
}

/** The gap with the shortest way through it; without one that can be reached, none. */
function bestGap(from: Point, to: Point, spatial: Spatial): Gap | undefined {
  const [left, right] = from.x <= to.x ? [from.x + 2, to.x - 2] : [to.x - TURN, from.x + TURN];
  let [best, bestCost] = [undefined as Gap | undefined, Infinity];
  for (const gap of gapsBetween(left, right, spatial)) {
    const y = inGap(gap, (from.y + to.y) / 2, 0);
    const cost = Math.abs(y - from.y) + Math.abs(y - to.y);
    if (cost >= bestCost) continue;
    if (meets(spatial, upright(from.x + TURN, from.y, y))) continue;
    if (meets(spatial, upright(to.x - TURN, to.y, y))) continue;
    [best, bestCost] = [gap, cost];
  }
  return best;
}

function upright(x: number, from: number, to: number): Rect {
  return { x: x - 1, y: Math.min(from, to), width: 2, height: Math.abs(to - from) };
}

/** What no box covers between two sides. */
function gapsBetween(left: number, right: number, spatial: Spatial): readonly Gap[] {
  const { rects, bounds } = spatial;
  if (bounds === undefined) return [];
  const strip = { x: left, y: bounds.y - 1, width: right - left, height: bounds.height + 2 };
  const covered = [...spatial.within(strip)].map((id) => rects.get(id)!).sort((a, b) => a.y - b.y);
  const [gaps, far] = [[] as Gap[], WIDE];
  let bottom = bounds.y - far - AWAY;
  for (const { y, height } of covered) {
    if (y - bottom > 2 * AWAY) gaps.push({ top: bottom + AWAY, bottom: y - AWAY });
    bottom = Math.max(bottom, y + height);
  }
  return [...gaps, { top: bottom + AWAY, bottom: bottom + far + AWAY }];
}

/** Narrow gaps are gone through in their middle, wide ones as near as can be; each line has a lane of its own. */
function inGap({ top, bottom }: Gap, wanted: number, lane: number): number {
  const start = bottom - top < WIDE ? (top + bottom) / 2 : Math.min(Math.max(wanted, top), bottom);
  const side = start + (lane % 2 === 0 ? 1 : -1) * Math.ceil(lane / 2) * LANE;
  return Math.min(Math.max(side, top), bottom);
}
