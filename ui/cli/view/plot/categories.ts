import { type Dot, groupsOf, meansOf, type Plot, type Scale, scaleOf } from "../../../../core/report/mod.ts";
import { plainNumber } from "../../../../core/report/table/mod.ts";
import { fit, pad } from "../text_width.ts";
import { Canvas } from "./canvas.ts";
import { groupPaint, markOf, MEAN } from "./legend.ts";
import { axisLines } from "./plane.ts";
import type { PlotFrame } from "./mod.ts";

const TICK_COLUMNS = 12;
/** Cells that names take at most. */
const WIDEST = 24;
/** Room for the number behind each line. */
const NUMBER_COLUMNS = 10;
const LEAST_COLUMNS = 16;

/** A line for each category, dots where its values are, the mean behind it. Numbers run to the right: names are long. */
export function categoryLines(plot: Plot, frame: PlotFrame): readonly string[] {
  const names = [...new Set(plot.dots.map(({ x }) => String(x)))];
  const beside = Math.min(WIDEST, Math.max(...names.map((name) => name.length)));
  const columns = Math.max(LEAST_COLUMNS, frame.columns - beside - 2 - NUMBER_COLUMNS);
  const scale = scaleOf(plot.y, plot.dots.map(({ y }) => y), Math.floor(columns / TICK_COLUMNS));
  const paint = groupPaint(frame.color);
  const lines = names.flatMap((name) =>
    groupLines(plot, { name, columns, scale }).map(({ canvas, mean, isFirst, group }) => {
      const label = pad(isFirst ? fit(name, beside) : "", beside);
      return `${label} │${canvas.text(0, paint)}  ${paint(mean, group)}`;
    })
  );
  const indent = " ".repeat(beside + 1);
  return [
    fit(plot.x.name, frame.columns),
    ...lines,
    ...axisLines(scale, columns).map((line) => indent + line),
    `${indent}${" ".repeat(Math.max(0, Math.round((columns - plot.y.name.length) / 2)))}${fit(plot.y.name, columns)}`,
  ];
}

interface Line {
  readonly canvas: Canvas;
  /** The mean, or the only value. */
  readonly mean: string;
  readonly isFirst: boolean;
  readonly group: number;
}

interface Place {
  readonly name: string;
  readonly columns: number;
  readonly scale: Scale;
}

function groupLines(plot: Plot, { name, columns, scale }: Place): readonly Line[] {
  const made: Line[] = [];
  [...groupsOf(plot).values()].forEach((all, group) => {
    const dots = all.filter(({ x }) => x === name);
    if (dots.length === 0) return;
    const [{ y: mean }] = meansOf(dots);
    made.push({
      canvas: lineOf(dots, { mean, group, columns, scale }),
      mean: plainNumber(Number(mean.toPrecision(4))),
      isFirst: made.length === 0,
      group,
    });
  });
  return made;
}

interface Marking {
  readonly mean: number;
  readonly group: number;
  readonly columns: number;
  readonly scale: Scale;
}

function lineOf(dots: readonly Dot[], { mean, group, columns, scale }: Marking): Canvas {
  const canvas = new Canvas(columns, 1);
  const column = (y: number) => Math.round(scale.place(y) * (columns - 1));
  for (const { y } of dots) canvas.mark(column(y), 0, { text: markOf(group), group });
  if (dots.length > 1) canvas.mark(column(mean), 0, { text: MEAN, group });
  return canvas;
}
