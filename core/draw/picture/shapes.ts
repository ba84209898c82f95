/**
 * Boxes and their marks, as markup.
 *
 * @module
 */

import type { Area } from "../../ports/layout.ts";
import { element, round, text, tooltip } from "../../loop/look/page/markup.ts";
import type { GraphNode } from "../model/graph.ts";
import { type Box, headingOf } from "./boxes.ts";
import { PARAMETER_COLOR } from "./style.ts";
import { shownText } from "./text_width.ts";

/** Colour of each type. */
export type Colors = ReadonlyMap<string | undefined, string>;

const PADDING = 13;

/** A step, a data entry or a parameter at its place. */
export function boxMarkup(box: Box, area: Area, colors: Colors): string {
  const { node } = box;
  const inside = node.kind === "step" ? stepMarkup(box, area) : dataMarkup(box, area, colors);
  const isFaded = node.optional === true || node.disabled === true;
  return element("g", { class: isFaded ? "faded" : undefined }, told(node) + inside);
}

/** The background of a group. */
export function frameMarkup(node: GraphNode, { x, y, width, height }: Area): string {
  const isAgain = node.iterations !== undefined;
  const heading = words("heading", headingOf(node), x + 14, y + 19);
  const mark = node.state === null ? "" : markMarkup(node.state, x + width - 17, y + 16);
  const frame = element("rect", { class: isAgain ? "again" : "frame", x, y, width, height, rx: 12 });
  const isFaded = node.optional === true || node.disabled === true;
  return element("g", { class: isFaded ? "faded" : undefined }, told(node) + frame + heading + mark);
}

/** Text at a place. */
export function words(name: string, shown: string, x: number, y: number): string {
  return shown === "" ? "" : element("text", { class: name, x, y }, text(shown));
}

function told({ label, detail, description, state, disabled, optional, type }: GraphNode): string {
  const facts = [state, type, disabled ? "disabled" : undefined, optional ? "optional" : undefined];
  const lines = [label, detail, description, facts.filter((fact) => typeof fact === "string").join(", ")];
  return tooltip(lines.filter((line) => line !== undefined && line !== "").map((line) => shownText(line!)).join("\n"));
}

function stepMarkup({ node, title, under, took }: Box, area: Area): string {
  const { x, y, width, height } = area;
  const behind = node.each === undefined
    ? ""
    : [6, 3].map((by) => outline(node, { ...area, x: x + by, y: y + by })).join("");
  const left = x + PADDING + (node.step === "task" ? 0 : SLANT);
  const right = x + width - PADDING - (node.step === "task" ? 0 : SLANT);
  return behind + outline(node, area) +
    words("title", title, left, y + 19.5) +
    words("under", under, left, y + height - 11.5) +
    words("took", took, right, y + height - 11.5) +
    (node.state === null ? "" : markMarkup(node.state, right - 5, y + 15.5));
}

const SLANT = 9;

function outline({ step }: GraphNode, { x, y, width, height }: Area): string {
  if (step === "task") return element("rect", { class: "box", x, y, width, height, rx: 8 });
  const [right, bottom, middle] = [x + width, y + height, y + height / 2];
  const tip = step === "switch"
    ? [[x, y], [right - 14, y], [right, middle], [right - 14, bottom], [x, bottom]]
    : [[x + 12, y], [right - 12, y], [right, middle], [right - 12, bottom], [x + 12, bottom], [x, middle]];
  return element("path", { class: "box", d: `M${tip.map(pair).join("L")}Z` });
}

function pair([x, y]: readonly number[]): string {
  return `${round(x)} ${round(y)}`;
}

function dataMarkup({ node, title }: Box, { x, y, width, height }: Area, colors: Colors): string {
  const name = words("name", title, x + width / 2, y + height / 2 + 4);
  if (node.kind === "parameter") {
    const corners = [[x + 7, y], [x + width, y], [x + width - 7, y + height], [x, y + height]].map(pair).join("L");
    return element("path", { class: "data", d: `M${corners}Z`, fill: PARAMETER_COLOR, stroke: PARAMETER_COLOR }) + name;
  }
  const color = colors.get(node.type);
  const look = node.state === "missing" ? "data absent" : "data";
  return element("rect", { class: look, x, y, width, height, rx: height / 2, fill: color, stroke: color }) + name;
}

/** The sign of a state, around a point; shapes differ as well as colours. */
export function markMarkup(state: string, x: number, y: number): string {
  const circle = (name: string, r = 6) => element("circle", { class: name, cx: x, cy: y, r });
  const sign = (d: string) => element("path", { class: "sign", d: `M${pair([x, y])}${d}` });
  switch (state) {
    case "fresh":
      return circle("fresh") + sign("m-2.8 .2l2 2l3.7 -4.2");
    case "stale":
      return circle("ring half", 5.2) +
        element("path", { class: "stale", d: `M${pair([x, y - 5.2])}a5.2 5.2 0 0 0 0 10.4z` });
    case "missing":
      return circle("missing") + sign("m-2.2 -2.2l4.4 4.4m0 -4.4l-4.4 4.4");
    case "modified":
      return element("path", { class: "modified", d: `M${pair([x, y - 6.5])}l6.5 6.5l-6.5 6.5l-6.5 -6.5z` });
    case "never run":
      return circle("ring never", 5.2);
    default:
      return circle("dot", 2.5);
  }
}
