/**
 * Paints boxes and lines that are too far away, or too many, to be elements.
 *
 * A picture of what is in view and somewhat around it is kept: while a person pans, it is only shifted. It is painted
 * anew, a few milliseconds in each frame, when the view leaves it, when the zoom comes to rest, or when boxes change.
 *
 * @module
 */

import type { Viewport } from "@xyflow/react";
import type { Box, Line } from "../../graph/canvas.ts";
import { bends } from "../../graph/curve.ts";
import { handlePlace, overlaps, type Point, type Rect } from "../../graph/sizes.ts";
import { shownText } from "../../graph/shown_text.ts";
import { grown } from "./near.ts";
import { seen } from "./view.ts";

/** What is painted. */
export interface Picture {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly rects: ReadonlyMap<string, Rect>;
  readonly bounds: Rect | undefined;
  readonly lines: readonly Line[];
  readonly colors: Colors;
  /** The colour of a box's upper edge: its state. */
  stateOf(box: Box): string | undefined;
  readonly selection: ReadonlySet<string>;
  /** Boxes that are being moved, and so not painted. */
  readonly hidden: ReadonlySet<string>;
}

/** Colours of the page, as words. */
export interface Colors {
  readonly panel: string;
  readonly border: string;
  readonly ink: string;
  readonly edge: string;
  readonly accent: string;
  readonly kinds: Readonly<Record<Box["kind"], string>>;
  /** Of boxes that are too small for a frame. */
  readonly far: Readonly<Record<Box["kind"], string>>;
}

const BUDGET_MS = 5;
/** Nobody moves anything before there is a picture. */
const FIRST_BUDGET_MS = 40;
const REST_MS = 120;
const MOST_PIXELS = 8_000_000;

interface Painted {
  readonly canvas: HTMLCanvasElement;
  readonly rect: Rect;
  readonly zoom: number;
}

/** Keeps the picture in a folder of the page. */
export class Painter {
  readonly #place: HTMLElement;
  #picture: Picture | undefined;
  #view: Viewport = { x: 0, y: 0, zoom: 1 };
  #size = { width: 0, height: 0 };
  #painted: Painted | undefined;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #work: Iterator<void> | undefined;
  #isOld = false;

  constructor(place: HTMLElement) {
    this.#place = place;
  }

  /** Something is different: it is painted anew. */
  show(picture: Picture): void {
    this.#picture = picture;
    // One that is being painted is finished first: news that come quicker than that would end in no picture at all.
    if (this.#work !== undefined) this.#isOld = true;
    else if (this.#painted === undefined) this.#beginSoon();
    else this.#begin();
  }

  /** The view is another one. */
  look(view: Viewport, size: { readonly width: number; readonly height: number }): void {
    const isResized = size.width !== this.#size.width || size.height !== this.#size.height;
    const isZoomed = view.zoom !== this.#view.zoom;
    [this.#view, this.#size] = [view, size];
    if (this.#painted === undefined && this.#work === undefined) return this.#beginSoon();
    this.#shift();
    if (isZoomed) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#begin(), REST_MS);
    }
    if (isResized || (!isZoomed && !this.#covers())) this.#begin();
  }

  close(): void {
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.#place.replaceChildren();
  }

  /** Whether what is in view is in the picture, as far as there is anything. */
  #covers(): boolean {
    const [painted, bounds] = [this.#painted, this.#picture?.bounds];
    if (painted === undefined || bounds === undefined) return this.#work !== undefined;
    const wanted = common(seen(this.#view, this.#size), bounds);
    if (wanted === undefined) return true;
    const inner = common(wanted, painted.rect);
    return inner !== undefined && inner.width >= wanted.width - 1 && inner.height >= wanted.height - 1;
  }

  #shift(): void {
    if (this.#painted === undefined) return;
    const { canvas, rect, zoom } = this.#painted;
    const { x, y } = this.#view;
    const scale = this.#view.zoom / zoom;
    canvas.style.transform = `translate(${rect.x * this.#view.zoom + x}px, ${rect.y * this.#view.zoom + y}px) ` +
      `scale(${scale})`;
  }

  /** The first picture: by the next frame it is known where the person looks. */
  #beginSoon(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#begin());
  }

  #begin(): void {
    const [picture, { width, height }] = [this.#picture, this.#size];
    if (picture === undefined || width === 0 || height === 0) return;
    const { zoom } = this.#view;
    const whole = picture.bounds && grown(picture.bounds, 0.02);
    const rect = whole && common(grown(seen(this.#view, this.#size), 0.75), whole);
    if (rect === undefined) return;
    const ratio = Math.min(devicePixelRatio, Math.sqrt(MOST_PIXELS / (rect.width * rect.height * zoom * zoom)));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.ceil(rect.width * zoom * ratio));
    canvas.height = Math.max(1, Math.ceil(rect.height * zoom * ratio));
    canvas.style.width = `${rect.width * zoom}px`;
    canvas.style.height = `${rect.height * zoom}px`;
    const context = canvas.getContext("2d")!;
    context.setTransform(zoom * ratio, 0, 0, zoom * ratio, -rect.x * zoom * ratio, -rect.y * zoom * ratio);
    this.#isOld = false;
    this.#work = paint(context, picture, { rect, zoom });
    cancelAnimationFrame(this.#frame);
    const isFirst = this.#painted === undefined;
    const step = () => {
      const end = performance.now() + (isFirst ? FIRST_BUDGET_MS : BUDGET_MS);
      while (performance.now() < end) {
        if (this.#work?.next().done !== false) return this.#finish({ canvas, rect, zoom });
      }
      this.#frame = requestAnimationFrame(step);
    };
    if (isFirst) step();
    else this.#frame = requestAnimationFrame(step);
  }

  #finish(painted: Painted): void {
    this.#work = undefined;
    this.#painted = painted;
    this.#shift();
    this.#place.replaceChildren(painted.canvas);
    if (this.#isOld || !this.#covers()) this.#begin();
  }
}

/** So many things between two looks at the clock. */
const PORTION = 200;

function* paint(
  context: CanvasRenderingContext2D,
  picture: Picture,
  { rect, zoom }: { readonly rect: Rect; readonly zoom: number },
): Generator<void> {
  yield* paintLines(context, picture, { rect, zoom });
  let count = 0;
  for (const [id, box] of picture.boxes) {
    const at = picture.rects.get(id);
    if (at === undefined || picture.hidden.has(id) || !overlaps(at, rect)) continue;
    paintBox(context, picture, { box, at, zoom });
    if (++count % PORTION === 0) yield;
  }
}

function* paintLines(
  context: CanvasRenderingContext2D,
  { boxes, rects, lines, hidden, colors }: Picture,
  { rect, zoom }: { readonly rect: Rect; readonly zoom: number },
): Generator<void> {
  context.strokeStyle = colors.edge;
  context.lineWidth = Math.max(1.4, 0.6 / zoom);
  context.globalAlpha = 0.75;
  const isCoarse = zoom < 0.12;
  let count = 0;
  context.beginPath();
  for (const { source, target, sourceHandle, targetHandle } of lines) {
    if (hidden.has(source) || hidden.has(target)) continue;
    const from = endOf(boxes.get(source), rects.get(source), sourceHandle);
    const to = endOf(boxes.get(target), rects.get(target), targetHandle);
    if (from === undefined || to === undefined || !overlaps(between(from, to), rect)) continue;
    context.moveTo(from.x, from.y);
    const [a, b] = bends(from, to);
    if (isCoarse) context.lineTo(to.x, to.y);
    else context.bezierCurveTo(a.x, a.y, b.x, b.y, to.x, to.y);
    if (++count % PORTION !== 0) continue;
    context.stroke();
    yield;
    context.beginPath();
  }
  context.stroke();
  context.globalAlpha = 1;
}

function paintBox(
  context: CanvasRenderingContext2D,
  { colors, selection, stateOf }: Picture,
  { box, at, zoom }: { readonly box: Box; readonly at: Rect; readonly zoom: number },
): void {
  const { x, y, width, height } = at;
  const isSelected = selection.has(box.id);
  context.fillStyle = zoom < 0.15 ? colors.far[box.kind] : colors.panel;
  context.fillRect(x, y, width, height);
  if (zoom >= 0.15) {
    context.fillStyle = colors.kinds[box.kind];
    context.fillRect(x, y, width, 32);
  }
  const state = stateOf(box);
  if (state !== undefined) {
    context.fillStyle = state;
    context.fillRect(x, y, zoom < 0.15 ? width : 8, zoom < 0.15 ? 24 : height);
  }
  context.strokeStyle = isSelected ? colors.accent : colors.border;
  context.lineWidth = isSelected ? Math.max(2, 2 / zoom) : 1;
  if (isSelected || zoom >= 0.1) context.strokeRect(x, y, width, height);
  if (zoom < 0.16) return;
  const size = Math.min(22, Math.max(12.5, 7 / zoom));
  context.fillStyle = colors.ink;
  context.font = `600 ${size}px system-ui, sans-serif`;
  context.textBaseline = "middle";
  context.fillText(shortened(shownText(box.label), (width - 22) / (size * 0.56)), x + 14, y + 16);
}

function shortened(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, Math.max(1, letters - 1))}…`;
}

function endOf(box: Box | undefined, rect: Rect | undefined, handle: string): Point | undefined {
  if (box === undefined || rect === undefined) return undefined;
  const at = handlePlace(box, handle);
  return at && { x: rect.x + at.x, y: rect.y + at.y };
}

function between(a: Point, b: Point): Rect {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

function common(a: Rect, b: Rect): Rect | undefined {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
  const [right, bottom] = [Math.min(a.x + a.width, b.x + b.width), Math.min(a.y + a.height, b.y + b.height)];
  return right <= x || bottom <= y ? undefined : { x, y, width: right - x, height: bottom - y };
}
