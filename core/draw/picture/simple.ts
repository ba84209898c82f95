/**
 * Places for drawings that are too large for anything better, and for those whose boxes have theirs already.
 *
 * Columns by longest path, a band of rows for each frame, so that frames never overlap; lines are curves from side to
 * side. Time: O(boxes + lines).
 *
 * @module
 */

import type {
  Area,
  LayoutBox,
  LayoutFrame,
  LayoutLine,
  LayoutQuestion,
  Placed,
  PlacedLine,
} from "../../ports/layout.ts";

const BETWEEN_COLUMNS = 70;
const BETWEEN_ROWS = 16;
const AROUND = 16;

/** Everything in columns. */
export function simplePlaces(question: LayoutQuestion): Placed {
  const { boxes, frames } = question;
  const columns = columnsOf(question);
  const lefts = leftEdges(boxes, columns);
  const placed = new Map<string, Area>();
  let top = 0;
  for (const band of bandsOf(boxes, frames)) {
    top += band.head;
    const heights = new Map<number, number>();
    for (const { id, width, height } of band.boxes) {
      const column = columns.get(id)!;
      const y = heights.get(column) ?? top;
      placed.set(id, { x: lefts[column], y, width, height });
      heights.set(column, y + height + BETWEEN_ROWS);
    }
    top = Math.max(top, ...heights.values()) + 2 * AROUND;
  }
  return aroundBoxes(question, placed);
}

/** Frames and lines for boxes that have their places. */
export function aroundBoxes({ boxes, frames, lines }: LayoutQuestion, placed: ReadonlyMap<string, Area>): Placed {
  const around = new Map<string, Area>();
  const members = Map.groupBy(boxes, ({ frame }) => frame);
  const inner = Map.groupBy(frames, ({ frame }) => frame);
  for (const frame of frames.toReversed()) {
    const inside = [
      ...(members.get(frame.id) ?? []).map(({ id }) => placed.get(id)!),
      ...(inner.get(frame.id) ?? []).map(({ id }) => around.get(id)!),
    ];
    around.set(frame.id, frameAround(inside, frame));
  }
  return { boxes: placed, frames: around, lines: lines.map((line) => curve(line, placed)) };
}

function frameAround(inside: readonly Area[], { headHeight, minWidth }: LayoutFrame): Area {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of inside) {
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + width), Math.max(bottom, y + height)];
  }
  const [x, y] = [left - AROUND, top - headHeight];
  return { x, y, width: Math.max(minWidth, right + AROUND - x), height: bottom + AROUND - y };
}

/** The longest way from a box that nothing leads to; what leads back, and what closes a ring, does not count. */
function columnsOf({ boxes, lines }: LayoutQuestion): ReadonlyMap<string, number> {
  const columns = new Map(boxes.map(({ id }) => [id, 0]));
  const waits = new Map<string, number>(boxes.map(({ id }) => [id, 0]));
  const next = new Map<string, string[]>();
  for (const { source, target, isBack } of lines) {
    if (isBack || source === target) continue;
    waits.set(target, waits.get(target)! + 1);
    const targets = next.get(source);
    if (targets === undefined) next.set(source, [target]);
    else targets.push(target);
  }
  const ready = boxes.map(({ id }) => id).filter((id) => waits.get(id) === 0);
  // An array is walked to its end, also over what is added on the way.
  for (const id of ready) {
    for (const target of next.get(id) ?? []) {
      columns.set(target, Math.max(columns.get(target)!, columns.get(id)! + 1));
      waits.set(target, waits.get(target)! - 1);
      if (waits.get(target) === 0) ready.push(target);
    }
  }
  return columns;
}

function leftEdges(boxes: readonly LayoutBox[], columns: ReadonlyMap<string, number>): readonly number[] {
  const widths: number[] = [];
  for (const { id, width } of boxes) {
    const column = columns.get(id)!;
    widths[column] = Math.max(widths[column] ?? 0, width);
  }
  const lefts: number[] = [];
  let left = 0;
  for (const width of Array.from(widths, (width) => width ?? 0)) {
    lefts.push(left);
    left += width + BETWEEN_COLUMNS;
  }
  return lefts;
}

interface Band {
  readonly head: number;
  readonly boxes: readonly LayoutBox[];
}

/** Boxes by frame, those inside an inner one right behind those around it, and those in none first. */
function bandsOf(boxes: readonly LayoutBox[], frames: readonly LayoutFrame[]): readonly Band[] {
  const members = Map.groupBy(boxes, ({ frame }) => frame);
  const inner = Map.groupBy(frames, ({ frame }) => frame);
  const heads = new Map<string | undefined, number>(frames.map(({ id, headHeight }) => [id, headHeight]));
  const below = (frame?: string): readonly Band[] => [
    ...(members.has(frame) ? [{ head: heads.get(frame) ?? 0, boxes: members.get(frame)! }] : []),
    ...(inner.get(frame) ?? []).flatMap(({ id }) => below(id)),
  ];
  return below();
}

function curve({ source, target, label }: LayoutLine, placed: ReadonlyMap<string, Area>): PlacedLine {
  const [from, to] = [placed.get(source)!, placed.get(target)!];
  const [start, end] = [{ x: from.x + from.width, y: from.y + from.height / 2 }, { x: to.x, y: to.y + to.height / 2 }];
  const bend = Math.max(30, Math.abs(end.x - start.x) / 2);
  const [first, second] = [{ x: start.x + bend, y: start.y }, { x: end.x - bend, y: end.y }];
  const points = end.x > start.x ? [start, first, second, end] : backwards(from, to);
  if (label === undefined) return { points, isCurve: true };
  // The middle of such a curve.
  const [a, b, c, d] = points;
  const middle = { x: (a.x + 3 * b.x + 3 * c.x + d.x) / 8, y: (a.y + 3 * b.y + 3 * c.y + d.y) / 8 };
  return { points, isCurve: true, label: { x: middle.x - label.width / 2, y: middle.y - label.height / 2 } };
}

/** Below both, from right to left. */
function backwards(from: Area, to: Area): PlacedLine["points"] {
  const start = { x: from.x + from.width / 2, y: from.y + from.height };
  const end = { x: to.x + to.width / 2, y: to.y + to.height };
  const depth = Math.max(start.y, end.y) + 48;
  return [start, { x: start.x, y: depth }, { x: end.x, y: depth }, end];
}
