/**
 * What all charts of a page have in common: one horizontal axis of steps, light lines, few numbers.
 *
 * @module
 */

import { element, text } from "./markup.ts";

/** Width of every chart, in its own units. */
const WIDTH = 1000;

const MARGIN = { left: 64, right: 20, top: 10, bottom: 24 } as const;

/** Numbers beside the axis, about so many. */
const TICKS = { x: 10, y: 4 } as const;

/** From numbers to places. */
export interface Scales {
  readonly x: (step: number) => number;
  readonly y: (value: number) => number;
  /** Distance of two steps. */
  readonly stepWidth: number;
  readonly bottom: number;
  readonly top: number;
}

/** What is drawn in. */
export interface FrameOptions {
  /** The first and the last step. */
  readonly steps: readonly [from: number, to: number];
  readonly height: number;
  /** The lowest and the highest value; absent: no vertical axis. */
  readonly values?: readonly [low: number, high: number];
  /** How values are written at the axis. */
  readonly label?: (value: number) => string;
  /** What a reader who does not see the chart is told. */
  readonly about: string;
}

/** A chart around what `draw` puts into it. */
export function chart(options: FrameOptions, draw: (scales: Scales) => string): string {
  const { height, about } = options;
  const scales = scalesOf(options);
  const inside = `${grid(options, scales)}${draw(scales)}`;
  return element("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": about }, inside);
}

function scalesOf({ steps: [from, to], height, values: [low, high] = [0, 1] }: FrameOptions): Scales {
  const [top, bottom] = [MARGIN.top, height - MARGIN.bottom];
  const stepWidth = (WIDTH - MARGIN.left - MARGIN.right) / (to - from + 1);
  const span = high - low || 1;
  return {
    x: (step) => MARGIN.left + (step - from + 0.5) * stepWidth,
    y: (value) => bottom - (value - low) / span * (bottom - top),
    stepWidth,
    bottom,
    top,
  };
}

function grid({ steps: [from, to], values, label = String }: FrameOptions, { x, y, bottom }: Scales): string {
  const below = ticks(from, to, TICKS.x).filter(Number.isInteger)
    .map((step) => element("text", { x: x(step), y: bottom + 17, class: "tick", "text-anchor": "middle" }, text(step)));
  const beside = values === undefined ? [] : ticks(values[0], values[1], TICKS.y).flatMap((value) => [
    element("line", { x1: MARGIN.left, x2: WIDTH - MARGIN.right, y1: y(value), y2: y(value), class: "grid" }),
    element("text", { x: MARGIN.left - 9, y: y(value) + 4, class: "tick", "text-anchor": "end" }, text(label(value))),
  ]);
  return [...beside, ...below].join("");
}

/** Round numbers from `low` to `high`, about `count` of them. */
export function ticks(low: number, high: number, count: number): readonly number[] {
  const rough = (high - low) / count;
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((it) => it >= rough)!;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}
