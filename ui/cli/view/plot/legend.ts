import type { Plot } from "../../../../core/report/mod.ts";
import { fit } from "../text_width.ts";
import type { PlotFrame } from "./mod.ts";

/** Colours of a terminal that stand out on light and dark ground. */
const COLORS = [34, 33, 32, 35, 36, 31, 94, 93, 92, 95];

/** A mark for each group; they differ without colours too. */
const MARKS = ["●", "■", "▲", "◆", "○", "□", "△", "◇", "+", "×"];

/** The mark of the mean of a group. */
export const MEAN = "│";

/** Letters of the names of groups. */
const WIDEST = 24;

/** What stands for a dot of a group. */
export function markOf(group: number): string {
  return MARKS[group % MARKS.length];
}

/** Colours what belongs to a group. */
export function groupPaint(color: boolean): (text: string, group: number) => string {
  return color ? (text, group) => `\x1b[${COLORS[group % COLORS.length]}m${text}\x1b[39m` : (text) => text;
}

/** `seed  ● 1  ■ 2`, and what lines mean. */
export function legendLine({ color, hasMeans, x }: Plot, frame: PlotFrame): readonly string[] {
  const paint = groupPaint(frame.color);
  const names = (color?.groups ?? []).map((name, at) => `${paint(markOf(at), at)} ${fit(name, WIDEST)}`);
  const groups = color === undefined ? [] : [`${color.name}:  ${names.join("  ")}`];
  const means = hasMeans ? [x.kind === "category" ? `${MEAN} mean` : "line: mean"] : [];
  return groups.length + means.length === 0 ? [] : [[...groups, ...means].join("   ")];
}
