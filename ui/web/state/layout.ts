/**
 * Where boxes go that have no place yet: by the worker, or simply in columns when that takes too long.
 *
 * @module
 */

import { BOX_WIDTH, boxHeight, type Canvas } from "../../graph/canvas.ts";
import type { LayoutAnswer, LayoutWish } from "../layout_worker.ts";

/** A left upper corner. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

const DEADLINE_MS = 2_500;

let worker: Worker | undefined;
let asked = 0;

/** A place for each box. */
export async function placesFor(canvas: Canvas): Promise<ReadonlyMap<string, Place>> {
  const id = ++asked;
  const boxes = canvas.boxes.map((box) => ({ id: box.id, width: BOX_WIDTH[box.kind], height: boxHeight(box) }));
  const known = new Set(boxes.map((box) => box.id));
  const lines = canvas.lines.filter((line) => !line.feedback && known.has(line.source) && known.has(line.target))
    .map(({ id, source, target }) => ({ id, source, target }));
  const answer = await answerOf({ id, boxes, lines });
  return answer ?? inColumns(canvas);
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
      if (data.id === wish.id) end(new Map(data.places.map(({ id, x, y }) => [id, { x, y }])));
    };
    // It would go on for nobody: the next layout gets a worker of its own.
    const timer = setTimeout(() => (asking.terminate(), worker = undefined, end(undefined)), DEADLINE_MS);
    asking.addEventListener("message", hear);
    asking.onerror = () => end(undefined);
    asking.postMessage(wish);
  });
}

/** Each box in the column behind the last of those it comes from. */
export function inColumns({ boxes, lines }: Canvas): ReadonlyMap<string, Place> {
  const before = new Map<string, string[]>();
  for (const { source, target, feedback } of lines) {
    if (!feedback) before.set(target, [...before.get(target) ?? [], source]);
  }
  const columns = new Map<string, number>();
  const columnOf = (id: string, on: ReadonlySet<string>): number => {
    const known = columns.get(id);
    if (known !== undefined || on.has(id)) return known ?? 0;
    const column = Math.max(-1, ...(before.get(id) ?? []).map((other) => columnOf(other, new Set(on).add(id)))) + 1;
    columns.set(id, column);
    return column;
  };
  const heights = new Map<number, number>();
  return new Map(boxes.map((box) => {
    const column = columnOf(box.id, new Set());
    const y = heights.get(column) ?? 0;
    heights.set(column, y + boxHeight(box) + 28);
    return [box.id, { x: column * 308, y }];
  }));
}
