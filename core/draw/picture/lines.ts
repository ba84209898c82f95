/**
 * Lines and their heads, as markup.
 *
 * @module
 */

import type { PlacedLine, Point } from "../../ports/layout.ts";
import { element, round, text, tooltip } from "../../loop/look/page/markup.ts";
import { FONTS } from "./boxes.ts";
import type { Line } from "./question.ts";
import { shownText, textWidth } from "./text_width.ts";

/** How far from a corner a line begins to turn. */
const CORNER = 9;
const HEAD = { length: 7, half: 3.4 } as const;

const LOOKS: Readonly<Partial<Record<Line["kind"], string>>> = {
  feedback: "line back",
  order: "line soft",
  nested: "line thin",
};

/** A line with its head. */
export function lineMarkup({ kind, edges }: Line, { points, isCurve }: PlacedLine, isFaded: boolean): string {
  if (points.length < 2) return "";
  const [tip, before] = [points[points.length - 1], points[points.length - 2]];
  const end = back(tip, before, HEAD.length - 1.5);
  const track = [...points.slice(0, -1), end];
  const d = isCurve ? curved(track) : cornered(track);
  const all = edges.map(({ label, branch }) => [branch, label].filter((word) => word).join(": ")).filter((words) =>
    words !== ""
  )
    .map(shownText).join(", ");
  const line = element("path", { class: LOOKS[kind] ?? "line", d }, all === "" ? "" : tooltip(all));
  const head = element("path", { class: kind === "feedback" ? "back-head" : "head", d: arrow(tip, before) });
  return isFaded ? element("g", { class: "faded" }, line + head) : line + head;
}

/** What is written on a line. */
export function labelMarkup({ text: shown }: Line, { label }: PlacedLine): string {
  if (label === undefined || shown === "") return "";
  const x = label.x + textWidth(shown, FONTS.edge) / 2 + 3;
  return element("text", { class: "label", x, y: label.y + 9.6 }, text(shown));
}

function cornered(points: readonly Point[]): string {
  let d = `M${at(points[0])}`;
  for (let i = 1; i < points.length - 1; i++) {
    const [before, corner, after] = [points[i - 1], points[i], points[i + 1]];
    const turn = Math.min(CORNER, distance(before, corner) / 2, distance(corner, after) / 2);
    d += `L${at(back(corner, before, turn))}Q${at(corner)} ${at(back(corner, after, turn))}`;
  }
  return `${d}L${at(points[points.length - 1])}`;
}

function curved([start, ...rest]: readonly Point[]): string {
  let d = `M${at(start)}`;
  for (let i = 0; i + 2 < rest.length; i += 3) d += `C${rest.slice(i, i + 3).map(at).join(" ")}`;
  return d;
}

function arrow(tip: Point, before: Point): string {
  const length = distance(tip, before) || 1;
  const [dx, dy] = [(tip.x - before.x) / length, (tip.y - before.y) / length];
  const foot = { x: tip.x - dx * HEAD.length, y: tip.y - dy * HEAD.length };
  const [left, right] = [1, -1].map((side) => ({
    x: foot.x - dy * HEAD.half * side,
    y: foot.y + dx * HEAD.half * side,
  }));
  return `M${at(tip)}L${at(left)}L${at(right)}Z`;
}

/** The point on the way from `corner` to `other` that is this far off. */
function back(corner: Point, other: Point, by: number): Point {
  const share = Math.min(1, by / (distance(corner, other) || 1));
  return { x: corner.x + (other.x - corner.x) * share, y: corner.y + (other.y - corner.y) * share };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function at({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}
