/**
 * Which boxes lie where, found without looking at all of them.
 *
 * @module
 */

import { around, overlaps, type Point, type Rect } from "./sizes.ts";

const CELL = 512;

/** Boxes by the squares that they touch. */
export class Spatial {
  readonly rects: ReadonlyMap<string, Rect>;
  readonly bounds: Rect | undefined;
  /** Sorted when somebody asks: from afar nobody does. */
  #sorted?: ReadonlyMap<string, readonly string[]>;

  constructor(rects: ReadonlyMap<string, Rect>) {
    this.rects = rects;
    this.bounds = around(rects.values());
  }

  /** Those that share something with this rectangle. */
  within(rect: Rect): ReadonlySet<string> {
    const found = new Set<string>();
    const cells = this.#sorted ??= byCell(this.rects);
    const far = (rect.width / CELL) * (rect.height / CELL) > cells.size;
    const candidates = far ? [this.rects.keys()] : Array.from(cellsOf(rect), (cell) => cells.get(cell) ?? []);
    for (const ids of candidates) for (const id of ids) if (overlaps(this.rects.get(id)!, rect)) found.add(id);
    return found;
  }

  /** The one at a point; the last of several. */
  at({ x, y }: Point): string | undefined {
    return [...this.within({ x, y, width: 0.01, height: 0.01 })].at(-1);
  }
}

function byCell(rects: ReadonlyMap<string, Rect>): ReadonlyMap<string, readonly string[]> {
  const cells = new Map<string, string[]>();
  for (const [id, rect] of rects) {
    for (const cell of cellsOf(rect)) {
      const known = cells.get(cell);
      if (known === undefined) cells.set(cell, [id]);
      else known.push(id);
    }
  }
  return cells;
}

function* cellsOf({ x, y, width, height }: Rect): Iterable<string> {
  for (let column = Math.floor(x / CELL); column <= Math.floor((x + width) / CELL); column++) {
    for (let row = Math.floor(y / CELL); row <= Math.floor((y + height) / CELL); row++) yield `${column},${row}`;
  }
}
