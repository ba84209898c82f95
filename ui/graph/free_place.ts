/**
 * Places for boxes that have none yet, where they cover no other.
 *
 * @module
 */

import type { Box, Canvas, Line } from "./canvas.ts";
import { BOX_WIDTH, boxHeight, handlePlace, overlaps, type Point, type Rect, rectOf } from "./sizes.ts";

/** What stays free around a box; a line can go through above and below it. */
const GAP = { x: 16, y: 34 };
/** From one try to the next. */
const STEP = { x: 60, y: 30 };
const MOST_STEPS = 30;
/** Between a box and the next in its line. */
const BESIDE = 64;

/** Tries, the nearest first. */
const TRIES: readonly Point[] = [...tries()].sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y));

function* tries(): Iterable<Point> {
  for (let x = -MOST_STEPS; x <= MOST_STEPS; x++) {
    for (let y = -MOST_STEPS; y <= MOST_STEPS; y++) yield { x: x * STEP.x, y: y * STEP.y };
  }
}

/** As near to `wanted` as can be without covering another; inside `view`, if there is room in it. */
export function freePlace(wanted: Rect, taken: Iterable<Rect>, view?: Rect): Point {
  const reach = { x: MOST_STEPS * STEP.x + wanted.width, y: MOST_STEPS * STEP.y + wanted.height };
  const around = { x: wanted.x - reach.x, y: wanted.y - reach.y, width: 2 * reach.x, height: 2 * reach.y };
  const near = [...taken].filter((rect) => overlaps(rect, around));
  const isFree = ({ x, y }: Point) => {
    const rect = {
      x: x - GAP.x,
      y: y - GAP.y,
      width: wanted.width + 2 * GAP.x,
      height: wanted.height + 2 * GAP.y,
    };
    return !near.some((other) => overlaps(rect, other));
  };
  const places = TRIES.values().map(({ x, y }) => ({ x: wanted.x + x, y: wanted.y + y }));
  let first: Point | undefined;
  for (const place of places) {
    if (!isFree(place)) continue;
    if (view === undefined || isInside({ ...wanted, ...place }, view)) return place;
    first ??= place;
  }
  return first ?? wanted;
}

function isInside(inner: Rect, outer: Rect): boolean {
  return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height;
}

/**
 * New boxes among those that have places: between the boxes that lines join them to, or else where `fallback`, a layout
 * of everything, has them.
 */
export function placesAmong(
  { boxes, lines }: Pick<Canvas, "boxes" | "lines">,
  known: ReadonlyMap<string, Point>,
  fallback: ReadonlyMap<string, Point>,
): ReadonlyMap<string, Point> {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const rects = new Map([...known].flatMap(([id, at]) => {
    const box = byId.get(id);
    return box === undefined ? [] : [[id, rectOf(box, at)] as const];
  }));
  const found = new Map<string, Point>();
  for (const box of boxes) {
    if (known.has(box.id)) continue;
    const wanted = besideNeighbours(box, lines, rects, byId) ?? fallback.get(box.id) ?? { x: 0, y: 0 };
    const place = freePlace(rectOf(box, wanted), rects.values());
    rects.set(box.id, rectOf(box, place));
    found.set(box.id, place);
  }
  return found;
}

/** Right of what a box comes from, left of what takes it, in the middle of both; nowhere without either. */
function besideNeighbours(
  box: Box,
  lines: readonly Line[],
  rects: ReadonlyMap<string, Rect>,
  boxes: ReadonlyMap<string, Box>,
): Point | undefined {
  const ends = lines.flatMap((line): readonly (Point & { readonly isBefore: boolean })[] => {
    if (line.feedback || (line.source !== box.id && line.target !== box.id)) return [];
    const isBefore = line.target === box.id;
    const [id, handle] = isBefore ? [line.source, line.sourceHandle] : [line.target, line.targetHandle];
    const [rect, other] = [rects.get(id), boxes.get(id)];
    const at = rect && other && handlePlace(other, handle);
    return at === undefined ? [] : [{ x: rect!.x + at.x, y: rect!.y + at.y, isBefore }];
  });
  if (ends.length === 0) return undefined;
  const [before, behind] = [ends.filter(({ isBefore }) => isBefore), ends.filter(({ isBefore }) => !isBefore)];
  const width = BOX_WIDTH[box.kind];
  const left = Math.max(...before.map(({ x }) => x)), right = Math.min(...behind.map(({ x }) => x));
  const y = ends.reduce((sum, end) => sum + end.y, 0) / ends.length - Math.min(42, boxHeight(box) / 2);
  const x = before.length === 0
    ? right - BESIDE - width
    : behind.length === 0 || right < left
    ? left + BESIDE
    : (left + right - width) / 2;
  return { x: Math.round(x), y: Math.round(y) };
}
