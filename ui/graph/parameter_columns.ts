/**
 * Parameters stand in a column left of the step that takes them, in the order of its handles.
 *
 * @module
 */

import type { Box, Canvas } from "./canvas.ts";
import { inGrid } from "./grid.ts";
import { BOX_WIDTH, boxHeight, handlePlace, type Point } from "./sizes.ts";

/** Room that is left beside a box, on its left. */
export type Margins = ReadonlyMap<string, { readonly width: number; readonly height: number }>;

const GAP = { x: 40, y: 12 };
/** Lines into inputs go past above the column. */
const PAST = 16;
/** What belongs to no step stays above the frames and names of groups. */
const LABEL = 84;
/** Where in its box a parameter's line begins. */
const SOCKET = 42;
const HEIGHT = boxHeight({ id: "", kind: "parameter", label: "", type: "", detail: "", handles: [] }) + GAP.y;

/** The canvas without parameters, and the room that theirs take at each step. */
export function withoutParameters(canvas: Canvas): { readonly canvas: Canvas; readonly margins: Margins } {
  const columns = columnsIn(canvas);
  const width = BOX_WIDTH.parameter + GAP.x;
  const margins = new Map(
    Array.from(columns, ([step, { ids, top }]) => [step, { width, height: top + ids.length * HEIGHT }] as const),
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
  for (const [step, { ids, top }] of columnsIn(canvas)) {
    const at = all.get(step);
    if (at === undefined) continue;
    const x = at.x - GAP.x - BOX_WIDTH.parameter;
    ids.forEach((id, index) => all.set(id, { x, y: at.y + top + index * HEIGHT }));
  }
  const left = canvas.boxes.filter(({ id }) => !all.has(id));
  const x = Math.min(0, ...all.values().map(({ x }) => x));
  const top = Math.min(0, ...all.values().map(({ y }) => y));
  const right = Math.max(0, ...all.values().map(({ x }) => x)) + BOX_WIDTH.step;
  const cells = left.map(({ id }) => ({ id, width: BOX_WIDTH.parameter, height: HEIGHT - GAP.y }));
  const rows = inGrid(cells, GAP, right - x);
  const bottom = Math.max(0, ...rows.map(({ y, height }) => y + height));
  for (const row of rows) all.set(row.id, { x: x + row.x, y: top - LABEL - bottom + row.y });
  return all;
}

/** Parameters beside a step, from above, and how far below its upper edge they begin. */
interface Column {
  readonly ids: string[];
  readonly top: number;
}

/** Steps with their parameters; one that several take stands at the first. */
function columnsIn({ boxes, lines }: Canvas): ReadonlyMap<string, Column> {
  const parameters = new Set(boxes.filter(({ kind }) => kind === "parameter").map(({ id }) => id));
  const [seen, columns] = [new Set<string>(), new Map<string, Column>()];
  const order = new Map(boxes.map((box, index) => [box.id, { index, box, handles: box.handles }]));
  const sorted = lines.filter(({ source }) => parameters.has(source)).toSorted((a, b) => {
    const [one, other] = [order.get(a.target), order.get(b.target)];
    if (one === undefined || other === undefined || one !== other) return (one?.index ?? 0) - (other?.index ?? 0);
    const place = (id: string) => one.handles.findIndex((handle) => handle.id === id);
    return place(a.targetHandle) - place(b.targetHandle);
  });
  for (const { source, target, targetHandle } of sorted) {
    if (seen.has(source)) continue;
    seen.add(source);
    const known = columns.get(target);
    if (known !== undefined) known.ids.push(source);
    else columns.set(target, { ids: [source], top: topOf(order.get(target)?.box, targetHandle) });
  }
  return columns;
}

/** Below the inputs, as near to the first argument as can be. */
function topOf(box: Box | undefined, handle: string): number {
  if (box === undefined) return 0;
  const inputs = box.handles.filter(({ id, side }) => side === "left" && !id.startsWith("arg:"));
  const last = inputs.map(({ id }) => handlePlace(box, id)!.y).at(-1);
  return Math.max(0, (handlePlace(box, handle)?.y ?? 0) - SOCKET, last === undefined ? 0 : last + PAST);
}
