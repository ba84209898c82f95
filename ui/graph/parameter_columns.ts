/**
 * Parameters stand in a column left of the step that takes them, in the order of its handles.
 *
 * @module
 */

import type { Canvas } from "./canvas.ts";
import type { Margins } from "./columns.ts";
import { BOX_WIDTH, boxHeight, type Point } from "./sizes.ts";

const GAP = { x: 40, y: 12 };
const HEIGHT = boxHeight({ id: "", kind: "parameter", label: "", type: "", detail: "", handles: [] }) + GAP.y;

/** The canvas without parameters, and the room that theirs take at each step. */
export function withoutParameters(canvas: Canvas): { readonly canvas: Canvas; readonly margins: Margins } {
  const columns = columnsIn(canvas);
  const width = BOX_WIDTH.parameter + GAP.x;
  const margins = new Map(
    Array.from(columns, ([step, ids]) => [step, { width, height: ids.length * HEIGHT }] as const),
  );
  const boxes = canvas.boxes.filter(({ kind }) => kind !== "parameter");
  return { canvas: { ...canvas, boxes }, margins };
}

/** Places of everything, made of those of the rest. Boxes with a column beside them move aside for it. */
export function withParameters(
  canvas: Canvas,
  places: ReadonlyMap<string, Point>,
  margins: Margins,
): ReadonlyMap<string, Point> {
  const all = new Map(Array.from(places, ([id, { x, y }]) => [id, { x: x + (margins.get(id)?.width ?? 0), y }]));
  for (const [step, ids] of columnsIn(canvas)) {
    const at = all.get(step);
    if (at === undefined) continue;
    const x = at.x - GAP.x - BOX_WIDTH.parameter;
    ids.forEach((id, index) => all.set(id, { x, y: at.y + index * HEIGHT }));
  }
  const left = canvas.boxes.filter(({ id }) => !all.has(id));
  const x = Math.min(0, ...all.values().map(({ x }) => x));
  const y = Math.min(0, ...all.values().map(({ y }) => y)) - HEIGHT;
  left.forEach(({ id }, index) => all.set(id, { x: x + index * (BOX_WIDTH.parameter + GAP.x), y }));
  return all;
}

/** Steps with their parameters; one that several take stands at the first. */
function columnsIn({ boxes, lines }: Canvas): ReadonlyMap<string, readonly string[]> {
  const parameters = new Set(boxes.filter(({ kind }) => kind === "parameter").map(({ id }) => id));
  const [seen, columns] = [new Set<string>(), new Map<string, string[]>()];
  const order = new Map(boxes.map((box, index) => [box.id, { index, handles: box.handles }]));
  const sorted = lines.filter(({ source }) => parameters.has(source)).toSorted((a, b) => {
    const [one, other] = [order.get(a.target), order.get(b.target)];
    if (one === undefined || other === undefined || one !== other) return (one?.index ?? 0) - (other?.index ?? 0);
    const place = (id: string) => one.handles.findIndex((handle) => handle.id === id);
    return place(a.targetHandle) - place(b.targetHandle);
  });
  for (const { source, target } of sorted) {
    if (seen.has(source)) continue;
    seen.add(source);
    const known = columns.get(target);
    if (known === undefined) columns.set(target, [source]);
    else known.push(source);
  }
  return columns;
}
