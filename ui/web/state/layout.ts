/**
 * Where boxes go that have no place yet: by the worker, or simply in columns when that takes too long.
 *
 * @module
 */

import type { Canvas } from "../../graph/canvas.ts";
import { inColumns } from "../../graph/columns.ts";
import { folded } from "../../graph/fold.ts";
import { withoutParameters, withParameters } from "../../graph/parameter_columns.ts";
import { BOX_WIDTH, boxHeight, type Point } from "../../graph/sizes.ts";
import type { LayoutAnswer, LayoutWish } from "../layout_worker.ts";

/** A left upper corner. */
export type Place = Point;

const DEADLINE_MS = 2_500;

let worker: Worker | undefined;
let asked = 0;

/** A place for each box: parameters in a column left of the step that takes them, all else in layers. */
export async function placesFor(canvas: Canvas): Promise<ReadonlyMap<string, Place>> {
  const { canvas: main, margins } = withoutParameters(canvas);
  const boxes = main.boxes.map((box) => {
    const { width = 0, height = 0 } = margins.get(box.id) ?? {};
    const { id, kind, group } = box;
    return { id, kind, group, width: BOX_WIDTH[kind] + width, height: Math.max(boxHeight(box), height) };
  });
  const known = new Set(boxes.map((box) => box.id));
  const lines = main.lines.filter((line) => !line.feedback && known.has(line.source) && known.has(line.target))
    .map(({ source, target }) => ({ source, target }));
  const found = boxes.length > 1 ? await answerOf({ id: ++asked, boxes, lines }) : undefined;
  return withParameters(canvas, found ?? inRows(boxes, inColumns(main, margins)), margins);
}

function inRows(
  boxes: readonly { readonly id: string; readonly width: number; readonly height: number }[],
  places: ReadonlyMap<string, Place>,
): ReadonlyMap<string, Place> {
  const laid = folded(boxes.map(({ id, width, height }) => ({ id, width, height, ...places.get(id)! })));
  return new Map(laid.map(({ id, x, y }) => [id, { x, y }]));
}

function answerOf(wish: LayoutWish): Promise<ReadonlyMap<string, Place> | undefined> {
  worker ??= new Worker("/layout_worker.js", { type: "module" });
  const asking = worker;
  return new Promise((resolve) => {
    const end = (places: ReadonlyMap<string, Place> | undefined) => {
      clearTimeout(timer);
      asking.removeEventListener("message", hear);
      resolve(places);
    };
    const hear = ({ data }: MessageEvent<LayoutAnswer>) => {
      if (data.id === wish.id) end(data.places && new Map(data.places.map(({ id, x, y }) => [id, { x, y }])));
    };
    // It would go on for nobody: the next layout gets a worker of its own.
    const timer = setTimeout(() => (asking.terminate(), worker = undefined, end(undefined)), DEADLINE_MS);
    asking.addEventListener("message", hear);
    asking.onerror = () => end(undefined);
    asking.postMessage(wish);
  });
}

/** New boxes where a layout of everything has them, as far from a neighbour as there; the others stay. */
export function beside(
  found: ReadonlyMap<string, Place>,
  before: ReadonlyMap<string, Place>,
  stored: ReadonlyMap<string, Place>,
): ReadonlyMap<string, Place> {
  const known = new Map([...before, ...stored]);
  const shifts = [...known].flatMap(([id, at]) => {
    const there = found.get(id);
    return there === undefined ? [] : [{ x: at.x - there.x, y: at.y - there.y }];
  });
  const middle = (of: "x" | "y") => shifts.map((shift) => shift[of]).sort((a, b) => a - b)[shifts.length >> 1] ?? 0;
  const shift = { x: Math.round(middle("x")), y: Math.round(middle("y")) };
  const fresh = [...found].filter(([id]) => !known.has(id));
  return new Map([...before, ...fresh.map(([id, { x, y }]) => [id, { x: x + shift.x, y: y + shift.y }] as const)]);
}
