/**
 * Where boxes go that have no place yet: by the worker, or simply in columns when that takes too long.
 *
 * @module
 */

import type { Box, Canvas } from "../../graph/canvas.ts";
import { inColumns } from "../../graph/columns.ts";
import { placesAmong } from "../../graph/free_place.ts";
import { type LayoutBox, layOutGroups, type LayoutLine, type Port } from "../../graph/group_layout.ts";
import { withoutParameters, withParameters } from "../../graph/parameter_columns.ts";
import { canBeSeen } from "../../graph/previews.ts";
import { BOX_WIDTH, boxHeight, handlePlace, type Point } from "../../graph/sizes.ts";
import type { LayoutAnswer, LayoutWish } from "../layout_worker.ts";

/** A left upper corner. */
export type Place = Point;

const DEADLINE_MS = 2_500;
/** For its program, which is there in less than one on any machine of our days. */
const LOADING_MS = 10_000;

/** Texts of so many characters may be of a graph that gets good places, whose program is long. */
const SHORT = 16 * 1024;

let working: Worker | undefined;
/** Wishes so far; each has its number, and 0 is none. */
let asked = 0;

/** A place for each box: parameters in a column left of the step that takes them, all else in layers. */
export async function placesFor(canvas: Canvas): Promise<ReadonlyMap<string, Place>> {
  const { canvas: main, margins } = withoutParameters(canvas);
  const boxes = main.boxes.map((box) => {
    const { width = 0, height = 0 } = margins.get(box.id) ?? {};
    const { id, kind, group } = box;
    const whole = { width: BOX_WIDTH[kind] + width, height: Math.max(roomFor(box), height) };
    return { id, kind, group, ...whole, ports: portsOf(box, whole.width) };
  });
  const known = new Set(boxes.map((box) => box.id));
  const lines = main.lines.filter((line) => !line.feedback && known.has(line.source) && known.has(line.target))
    .map(({ source, sourceHandle, target, targetHandle }) => ({ source, sourceHandle, target, targetHandle }));
  const found = boxes.length > 1 ? await answerOf({ id: ++asked, boxes, lines }) : undefined;
  return withParameters(canvas, found ?? await simply(boxes, lines), margins);
}

/** Where lines begin and end, parameters beside the box included. */
function portsOf(box: Box, width: number): readonly Port[] {
  return box.handles.map(({ id, side }) => ({
    id,
    x: side === "left" ? 0 : width,
    y: handlePlace(box, id)!.y,
  }));
}

/** The height of a box, with room for a look into its file once it is there. */
function roomFor(box: Box): number {
  return boxHeight(box.kind === "data" && canBeSeen(box.detail) ? { ...box, hasPreview: true } : box);
}

/** Without the worker: in columns. */
async function simply(
  boxes: readonly LayoutBox[],
  lines: readonly LayoutLine[],
): Promise<ReadonlyMap<string, Place>> {
  const laid = await layOutGroups(boxes, lines, { layered: inColumns });
  return new Map(laid.map(({ id, x, y }) => [id, { x: Math.round(x), y: Math.round(y) }]));
}

function answerOf(wish: LayoutWish): Promise<ReadonlyMap<string, Place> | undefined> {
  const worker = working ??= startWorker();
  return new Promise((resolve) => {
    let timer = setTimeout(() => giveUp(worker), LOADING_MS);
    const end = (places: ReadonlyMap<string, Place> | undefined) => {
      clearTimeout(timer);
      worker.removeEventListener("message", hear);
      worker.removeEventListener("error", fail);
      resolve(places);
    };
    const fail = () => end(undefined);
    const hear = ({ data }: MessageEvent<LayoutAnswer>) => {
      if (data.id !== wish.id) return;
      if (data.state === "over") return end(data.places && new Map(data.places.map(({ id, x, y }) => [id, { x, y }])));
      clearTimeout(timer);
      timer = setTimeout(() => giveUp(worker), DEADLINE_MS);
    };
    worker.addEventListener("message", hear);
    worker.addEventListener("error", fail);
    worker.postMessage(wish);
  });
}

/** A layout of this text will be asked for soon: the program for it comes meanwhile. */
export function getReady(text: string): void {
  working ??= startWorker();
  if (text.length <= SHORT) working.postMessage({ id: 0, boxes: [], lines: [] } satisfies LayoutWish);
}

/** It would go on for nobody. All that wait for it hear of it, and the next layout gets a worker of its own. */
function giveUp(worker: Worker): void {
  worker.terminate();
  worker.dispatchEvent(new Event("error"));
}

function startWorker(): Worker {
  const worker = new Worker("/layout_worker.js", { type: "module" });
  // Without its program it is of no use to the next either.
  worker.addEventListener("error", () => working === worker && (working = undefined));
  return worker;
}

/** `automatic` with places for the boxes that have none in it and none in the file. */
export async function completed(
  canvas: Canvas,
  automatic: ReadonlyMap<string, Place>,
  stored: ReadonlyMap<string, Place>,
): Promise<ReadonlyMap<string, Place>> {
  const known = new Map([...automatic, ...stored]);
  const isAllNew = !canvas.boxes.some(({ id }) => known.has(id));
  return isAllNew ? await placesFor(canvas) : new Map([...automatic, ...await placesBeside(canvas, known)]);
}

/**
 * Places for boxes that have none, among those that have: beside the boxes that lines join them to. When most are new,
 * where a layout of everything has them, as far from the others as there.
 */
async function placesBeside(
  canvas: Canvas,
  known: ReadonlyMap<string, Place>,
): Promise<ReadonlyMap<string, Place>> {
  const fresh = canvas.boxes.filter(({ id }) => !known.has(id));
  const joined = new Set(canvas.lines.flatMap(({ source, target }) => [source, target]));
  const isFew = 2 * fresh.length <= canvas.boxes.length;
  const found = isFew && fresh.every(({ id }) => joined.has(id)) ? known : shifted(await placesFor(canvas), known);
  if (isFew) return placesAmong(canvas, known, found);
  return new Map(fresh.flatMap(({ id }) => found.has(id) ? [[id, found.get(id)!] as const] : []));
}

/** A layout moved as a whole, so that it lies where boxes with a place have theirs. */
function shifted(found: ReadonlyMap<string, Place>, known: ReadonlyMap<string, Place>): ReadonlyMap<string, Place> {
  const shifts = [...known].flatMap(([id, at]) => {
    const there = found.get(id);
    return there === undefined ? [] : [{ x: at.x - there.x, y: at.y - there.y }];
  });
  const middle = (of: "x" | "y") => shifts.map((shift) => shift[of]).sort((a, b) => a - b)[shifts.length >> 1] ?? 0;
  const [x, y] = [Math.round(middle("x")), Math.round(middle("y"))];
  return new Map(Array.from(found, ([id, at]) => [id, { x: at.x + x, y: at.y + y }] as const));
}
