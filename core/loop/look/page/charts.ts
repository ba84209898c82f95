/**
 * Score, cost and time by step.
 *
 * @module
 */

import { usdText } from "../../base/money.ts";
import type { RunLook } from "../run_look.ts";
import { chart, type Scales } from "./frame.ts";
import { element, round, tooltip } from "./markup.ts";
import type { Point, Points } from "./points.ts";

const HEIGHT = 190;

/** Half the size of a cross, in the chart's units. */
const CROSS = 4.5;

/** A chart for the score, if there are any. */
export function scoreChart({ drawn, ...points }: Points): string | undefined {
  const scored = drawn.filter(({ row }) => row.score !== undefined);
  if (scored.length === 0) return undefined;
  const values = padded(scored.map(({ row }) => row.score!));
  return chart({ steps: stepRange(points.all), height: HEIGHT, values, about: "Score by step" }, (scales) => {
    const main = scored.filter(({ isMain }) => isMain);
    const line = element("path", {
      d: pathOf(main.map((it) => [it.row.step, it.row.score!]), scales),
      class: "line score",
    });
    return line + drawn.map((point) => scoreMark(point, scales)).join("");
  });
}

function scoreMark(point: Point, scales: Scales): string {
  const { row, isMain, isBest } = point;
  const title = tooltip(pointText(point));
  if (row.score === undefined) return row.status === "error" ? cross(scales.x(row.step), scales.bottom - 7, title) : "";
  const place = { cx: scales.x(row.step), cy: scales.y(row.score) };
  const r = Math.max(1.5, Math.min(4.5, scales.stepWidth / 3));
  const ring = isBest ? element("circle", { ...place, r: r + 4, class: "ring" }) : "";
  return ring + element("circle", { ...place, r, class: isMain ? "dot score" : "dot score side" }, title);
}

function cross(x: number, y: number, title: string): string {
  const [left, right, top, bottom] = [x - CROSS, x + CROSS, y - CROSS, y + CROSS].map(round);
  return element(
    "path",
    { d: `M${left} ${top}L${right} ${bottom}M${left} ${bottom}L${right} ${top}`, class: "cross" },
    title,
  );
}

/** What was spent up to each step, and the limit if it is near enough to be seen. */
export function costChart({ all, drawn }: Points, { run }: RunLook): string {
  const highest = all.at(-1)?.line.cumulNano ?? 0;
  const { nano: limit } = run.limits;
  const showsLimit = limit !== undefined && limit <= highest * 4;
  const high = Math.max(highest, showsLimit ? limit : 0) * 1.06 || 1;
  const label = (nano: number) => `$${Number((nano / 1e9).toPrecision(3))}`;
  const about = "Cost up to each step";
  return chart({ steps: stepRange(all), height: HEIGHT, values: [0, high], label, about }, (scales) => {
    const path = pathOf(drawn.map(({ row, line }) => [row.step, line.cumulNano]), scales);
    const [first, last] = [drawn[0].row.step, drawn.at(-1)!.row.step].map((step) => round(scales.x(step)));
    const area = element("path", {
      d: `${path}L${last} ${scales.bottom}L${first} ${scales.bottom}Z`,
      class: "area cost",
    });
    const dots = drawn.map((point) => costDot(point, scales)).join("");
    const line = element("path", { d: path, class: "line cost" });
    return `${area}${line}${dots}${showsLimit ? limitLine(limit, scales) : ""}`;
  });
}

function costDot(point: Point, { x, y, stepWidth }: Scales): string {
  const r = Math.max(1, Math.min(3, stepWidth / 4));
  return element(
    "circle",
    { cx: x(point.row.step), cy: y(point.line.cumulNano), r, class: "dot cost" },
    tooltip(pointText(point)),
  );
}

function limitLine(limit: number, { y }: Scales): string {
  const at = { x1: 64, x2: 980, y1: y(limit), y2: y(limit), class: "limit" };
  const words = `budget ${usdText(limit)}`;
  return element("line", at) +
    element("text", { x: 976, y: y(limit) - 5, class: "tick warn", "text-anchor": "end" }, words);
}

/** How long each step took. */
export function timeChart({ all, drawn }: Points): string {
  const high = Math.max(...drawn.map(({ row }) => row.durationMs)) * 1.06 || 1;
  const options = {
    steps: stepRange(all),
    height: 150,
    values: [0, high],
    label: msText,
    about: "Time of each step",
  } as const;
  return chart(options, (scales) => drawn.map((point) => timeBar(point, scales)).join(""));
}

function timeBar(point: Point, { x, y, stepWidth, bottom }: Scales): string {
  const width = Math.max(1, Math.min(36, stepWidth * 0.7));
  const top = Math.min(y(point.row.durationMs), bottom - 1);
  const place = { x: x(point.row.step) - width / 2, y: top, width, height: bottom - top, rx: Math.min(2, width / 3) };
  return element("rect", { ...place, class: `bar ${point.row.status}` }, tooltip(pointText(point)));
}

/** A step in one line. */
export function pointText({ row, line }: Point): string {
  const score = row.score === undefined ? [] : [`score ${row.score.toFixed(4)}`];
  const facts = [...score, usdText(line.costNano), msText(row.durationMs), ...line.marks];
  return `Step ${row.step}${row.branch && `/${row.branch}`}: ${facts.join(", ")}${row.error ? `\n${row.error}` : ""}`;
}

/** `120 ms`, `3.4 s`, `2 min`. */
export function msText(ms: number): string {
  if (ms < 1) return ms === 0 ? "0" : `${ms.toFixed(2)} ms`;
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return ms < 120_000 ? `${Number((ms / 1_000).toPrecision(3))} s` : `${Number((ms / 60_000).toPrecision(3))} min`;
}

/** The first and the last step. */
export function stepRange(all: readonly Point[]): readonly [number, number] {
  return [all[0].row.step, all.at(-1)!.row.step];
}

function padded(values: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || Math.abs(high) || 1) * 0.12;
  return [low - room, high + room];
}

function pathOf(points: readonly (readonly [step: number, value: number])[], { x, y }: Scales): string {
  return points.map(([step, value], at) => `${at === 0 ? "M" : "L"}${round(x(step))} ${round(y(value))}`).join("");
}
