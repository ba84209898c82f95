import type { Laid } from "./fold.ts";
import type { LayoutLine, LayoutSize } from "./group_layout.ts";

const GAP = { x: 64, y: 28 };

/** Each box in the column behind the last of those it comes from: a layout that takes no time. */
export function inColumns(
  boxes: readonly LayoutSize[],
  lines: readonly Pick<LayoutLine, "source" | "target">[],
): readonly Laid[] {
  const columns = columnsOf(boxes, lines);
  const widths: number[] = [];
  for (const { id, width } of boxes) {
    const column = columns.get(id)!;
    widths[column] = Math.max(widths[column] ?? 0, width);
  }
  const starts = widths.map((_, column) => widths.slice(0, column).reduce((sum, width) => sum + width + GAP.x, 0));
  const heights: number[] = [];
  return boxes.map(({ id, width, height }) => {
    const column = columns.get(id)!;
    const y = heights[column] ?? 0;
    heights[column] = y + height + GAP.y;
    return { id, width, height, x: starts[column], y };
  });
}

/** How many boxes stand before each, on the longest way; those on a circle stand where the walk meets them. */
function columnsOf(
  boxes: readonly { readonly id: string }[],
  lines: readonly Pick<LayoutLine, "source" | "target">[],
): ReadonlyMap<string, number> {
  const [next, waiting] = [new Map<string, string[]>(), new Map(boxes.map(({ id }) => [id, 0]))];
  for (const { source, target } of lines) {
    if (!waiting.has(source) || !waiting.has(target)) continue;
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
