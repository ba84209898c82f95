import { type Dot, groupsOf, meansOf, type Plot, type Scale, scaleOf } from "../../../../core/report/mod.ts";
import { cells, fit } from "../text_width.ts";
import { ACROSS, Canvas, DOWN } from "./canvas.ts";
import { groupPaint, markOf } from "./legend.ts";
import type { PlotFrame } from "./mod.ts";

/** Room for one number below the axis, in characters. */
const TICK_COLUMNS = 14;
/** And beside it, in lines. */
const TICK_ROWS = 3;

/** Lines that a picture takes besides the drawing: the name above, the axis, its numbers, its name, the legend, the prompt. */
const OTHER_ROWS = 7;

const [LEAST_COLUMNS, LEAST_ROWS] = [20, 6];

/** Dots on two axes of numbers. */
export function planeLines(plot: Plot, frame: PlotFrame): readonly string[] {
  const rows = Math.max(LEAST_ROWS, frame.rows - OTHER_ROWS);
  const y = scaleOf(plot.y, plot.dots.map((dot) => dot.y), Math.floor(rows / TICK_ROWS) + 1);
  const beside = Math.max(...y.ticks.map(({ text }) => text.length), 1);
  const columns = Math.max(LEAST_COLUMNS, frame.columns - beside - 3);
  const x = scaleOf(plot.x, plot.dots.map((dot) => Number(dot.x)), Math.floor(columns / TICK_COLUMNS));
  const canvas = drawn(plot, new Canvas(columns, rows), { x, y });
  return framed(canvas, { plot, frame, beside, scales: { x, y } });
}

interface Scales {
  readonly x: Scale;
  readonly y: Scale;
}

function drawn(plot: Plot, canvas: Canvas, scales: Scales): Canvas {
  const place = ({ x, y }: Dot): readonly [number, number] => [
    Math.round(scales.x.place(Number(x)) * (canvas.columns * ACROSS - 1)),
    Math.round((1 - scales.y.place(y)) * (canvas.rows * DOWN - 1)),
  ];
  const groups = [...groupsOf(plot).values()];
  groups.forEach((dots, group) => {
    const path = meansOf(dots).map(place);
    if (plot.isJoined) path.slice(1).forEach((to, at) => canvas.line(path[at], to, group));
  });
  groups.forEach((dots, group) => {
    for (const [x, y] of dots.map(place)) {
      canvas.mark(Math.floor(x / ACROSS), Math.floor(y / DOWN), { text: markOf(group), group });
    }
  });
  return canvas;
}

interface Framing {
  readonly plot: Plot;
  readonly frame: PlotFrame;
  readonly beside: number;
  readonly scales: Scales;
}

function framed(canvas: Canvas, { plot, frame, beside, scales }: Framing): readonly string[] {
  const paint = groupPaint(frame.color);
  const numbers = new Map(scales.y.ticks.map(({ at, text }) => [Math.round((1 - at) * (canvas.rows - 1)), text]));
  const lines = Array.from({ length: canvas.rows }, (_, row) => {
    const number = numbers.get(row);
    return `${(number ?? "").padStart(beside)} ${number === undefined ? "│" : "┤"}${canvas.text(row, paint)}`.trimEnd();
  });
  const indent = " ".repeat(beside + 1);
  const name = fit(plot.x.name + (plot.x.isLog ? " (log)" : ""), canvas.columns);
  return [
    fit(plot.y.name + (plot.y.isLog ? " (log)" : ""), frame.columns),
    ...lines,
    ...axisLines(scales.x, canvas.columns).map((line) => indent + line),
    indent + " ".repeat(Math.max(0, Math.round((canvas.columns - cells(name)) / 2))) + name,
  ];
}

/** The line below a drawing, and the numbers below it. Numbers that would touch others are left out. */
export function axisLines({ ticks }: Scale, columns: number): readonly string[] {
  const line = Array.from({ length: columns }, () => "─");
  let numbers = "";
  for (const { at, text } of ticks) {
    const column = Math.round(at * (columns - 1));
    const start = Math.max(0, Math.min(columns - text.length, column - Math.floor(text.length / 2)) + 1);
    if (numbers !== "" && start < numbers.length + 2) continue;
    line[column] = "┬";
    numbers = numbers.padEnd(start) + text;
  }
  return [`└${line.join("")}`, numbers];
}
