import type { Canvas } from "./canvas.ts";
import { BOX_WIDTH, boxHeight, type Point } from "./sizes.ts";

const GAP = { x: 72, y: 28 };

/** Room that is left beside a box, on its left. */
export type Margins = ReadonlyMap<string, { readonly width: number; readonly height: number }>;

/** Each box in the column behind the last of those it comes from: a layout that takes no time. */
export function inColumns({ boxes, lines }: Canvas, margins: Margins = new Map()): ReadonlyMap<string, Point> {
  const columns = columnsOf({ boxes, lines, groups: [] });
  const heights: number[] = [];
  const wide = Math.max(0, ...margins.values().map(({ width }) => width)) + BOX_WIDTH.step + GAP.x;
  return new Map(boxes.map((box) => {
    const column = columns.get(box.id)!;
    const y = heights[column] ?? 0;
    heights[column] = y + Math.max(boxHeight(box), margins.get(box.id)?.height ?? 0) + GAP.y;
    return [box.id, { x: column * wide, y }];
  }));
}

/** How many boxes stand before each, on the longest way; those on a circle stand where the walk meets them. */
export function columnsOf({ boxes, lines }: Canvas): ReadonlyMap<string, number> {
  const [next, waiting] = [new Map<string, string[]>(), new Map(boxes.map(({ id }) => [id, 0]))];
  for (const { source, target, feedback } of lines) {
    if (feedback || !waiting.has(source) || !waiting.has(target)) continue;
    const known = next.get(source);
    if (known === undefined) next.set(source, [target]);
    else known.push(target);
    waiting.set(target, waiting.get(target)! + 1);
  }
  const columns = new Map(boxes.map(({ id }) => [id, 0]));
  const ready = boxes.filter(({ id }) => waiting.get(id) === 0).map(({ id }) => id);
  for (let at = 0; at < ready.length; at++) {
    for (const other of next.get(ready[at]) ?? []) {
      columns.set(other, Math.max(columns.get(other)!, columns.get(ready[at])! + 1));
      waiting.set(other, waiting.get(other)! - 1);
      if (waiting.get(other) === 0) ready.push(other);
    }
  }
  return columns;
}
