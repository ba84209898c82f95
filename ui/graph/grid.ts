/**
 * Boxes that no line joins to others, side by side in rows.
 *
 * @module
 */

import { around, type Rect } from "./sizes.ts";

/** What is put into the grid. */
export interface Cell {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** How much wider than high it is, where it stands alone. */
const SHAPE = 1.6;

/** In rows not wider than `width`, or as wide as looks well; the left upper corner is at 0, 0. */
export function inGrid(
  cells: readonly Cell[],
  gap: { readonly x: number; readonly y: number },
  width = 0,
): readonly (Cell & Rect)[] {
  const area = cells.reduce((sum, cell) => sum + (cell.width + gap.x) * (cell.height + gap.y), 0);
  const most = Math.max(width, Math.sqrt(area * SHAPE));
  let [x, y, height] = [0, 0, 0];
  return cells.map((cell) => {
    if (x > 0 && x + cell.width > most) [x, y, height] = [0, y + height + gap.y, 0];
    const placed = { id: cell.id, width: cell.width, height: cell.height, x, y };
    x += cell.width + gap.x;
    height = Math.max(height, cell.height);
    return placed;
  });
}

/** What is laid out, and below it a grid of what is not joined to anything. */
export function withGridBelow(
  laid: readonly (Cell & Rect)[],
  alone: readonly Cell[],
  gap: { readonly x: number; readonly y: number },
): readonly (Cell & Rect)[] {
  const bounds = around(laid);
  if (bounds === undefined) return inGrid(alone, gap);
  const below = inGrid(alone, gap, bounds.width);
  const top = bounds.y + bounds.height + 2 * gap.y;
  return [...laid, ...below.map((cell) => ({ ...cell, x: cell.x + bounds.x, y: cell.y + top }))];
}
