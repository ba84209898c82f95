/**
 * A long row of boxes in several rows, so that it fills a screen and can be read.
 *
 * @module
 */

import { around, type Rect } from "./sizes.ts";

/** A box that is laid out already. */
export interface Laid extends Rect {
  readonly id: string;
}

/** How much room there is, in pixels of the screen. */
const ROOM = { width: 880, height: 600 };

const MOST_ROWS = 12;
const ROW_GAP = 56;

/** A row more must be worth it: lines have to go back for it. */
const WORTH = 0.93;

/** At this scale all can be read, and one row is clearer than two. */
const READABLE = 0.6;

/** How large the boxes of a layout could be shown; 1 at most. */
export function scaleOf(laid: readonly Rect[]): number {
  const bounds = around(laid);
  return bounds === undefined ? 1 : Math.min(1, ROOM.width / bounds.width, ROOM.height / bounds.height);
}

/** The boxes in as many rows as let them be shown largest; columns stay whole and in order. */
export function folded(laid: readonly Laid[], mostRows = MOST_ROWS): readonly Laid[] {
  const columns = columnsIn(laid);
  let [best, bestScale] = [laid, scaleOf(laid)];
  for (let rows = 2; rows <= Math.min(mostRows, columns.length) && bestScale < READABLE; rows++) {
    const next = inRows(columns, rows);
    const scale = scaleOf(next) * WORTH ** (rows - 1);
    if (scale > bestScale) [best, bestScale] = [next, scale];
  }
  return best;
}

/** Columns of boxes, from the left: no box of one reaches over the next. */
function columnsIn(laid: readonly Laid[]): readonly (readonly Laid[])[] {
  const columns: Laid[][] = [];
  let end = -Infinity;
  for (const box of laid.toSorted((a, b) => a.x - b.x)) {
    if (box.x >= end) columns.push([]);
    columns.at(-1)!.push(box);
    end = Math.max(end, box.x + box.width);
  }
  return columns;
}

function inRows(columns: readonly (readonly Laid[])[], count: number): readonly Laid[] {
  let top = 0;
  return splitEvenly(columns, count).flatMap((row) => {
    const { x, y, height } = around(row)!;
    const placed = row.map((box): Laid => ({ ...box, x: box.x - x, y: box.y - y + top }));
    top += height + ROW_GAP;
    return placed;
  });
}

/** Columns put together into so many rows at most, the widest of them as narrow as it can be. */
function splitEvenly(columns: readonly (readonly Laid[])[], count: number): readonly (readonly Laid[])[] {
  const spans = columns.map((column) => around(column)!);
  const all = around(spans)!;
  let [low, high] = [all.width / count, all.width];
  // To the pixel is near enough.
  while (high - low > 1) {
    const middle = (low + high) / 2;
    if (rowsWithin(columns, spans, middle).length <= count) high = middle;
    else low = middle;
  }
  return rowsWithin(columns, spans, high);
}

function rowsWithin(
  columns: readonly (readonly Laid[])[],
  spans: readonly Rect[],
  width: number,
): readonly (readonly Laid[])[] {
  const rows: Laid[][] = [];
  let start = 0;
  columns.forEach((column, index) => {
    const end = spans[index].x + spans[index].width;
    if (rows.length === 0 || end - start > width) {
      rows.push([]);
      start = spans[index].x;
    }
    rows.at(-1)!.push(...column);
  });
  return rows;
}
