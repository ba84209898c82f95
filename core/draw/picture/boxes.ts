/**
 * How large the boxes of a picture are, and what is written in them.
 *
 * @module
 */

import { basename } from "../../paths.ts";
import type { GraphNode } from "../model/graph.ts";
import { durationLabel } from "./duration_label.ts";
import { fitText, textWidth } from "./text_width.ts";

/** Fonts of a picture, by what they are for. */
export const FONTS = {
  title: { size: 13, bold: true },
  small: { size: 10.5 },
  data: { size: 11.5 },
  edge: { size: 9.5 },
  heading: { size: 11, bold: true },
} as const;

/** What a box is drawn from. */
export interface Box {
  readonly node: GraphNode;
  readonly width: number;
  readonly height: number;
  /** Shortened where it was too long. */
  readonly title: string;
  /** The script, the predicate or the value; empty for data. */
  readonly under: string;
  /** How long it took, if that is known. */
  readonly took: string;
}

const STEP = { height: 46, padding: 13, least: 92, most: 230, mark: 18 } as const;
const DATA = { height: 26, padding: 12, least: 46, most: 190 } as const;
/** Slanted and pointed ends take room on both sides. */
const SLANT = 9;

/** The box of a step, a data entry or a parameter. */
export function boxOf(node: GraphNode): Box {
  return node.kind === "step" ? stepBox(node) : dataBox(node);
}

function stepBox(node: GraphNode): Box {
  const room = STEP.most - 2 * STEP.padding;
  const slant = node.step === "task" ? 0 : SLANT;
  const mark = node.state === null ? 0 : STEP.mark;
  const title = fitText(node.label, room - mark, FONTS.title);
  const took = node.durationMs === undefined ? "" : durationLabel(node.durationMs);
  const tookWidth = took === "" ? 0 : textWidth(took, FONTS.small) + 10;
  const under = fitText(underText(node), room - tookWidth, FONTS.small);
  const inside = Math.max(
    textWidth(title, FONTS.title) + mark,
    textWidth(under, FONTS.small) + tookWidth,
    STEP.least - 2 * STEP.padding,
  );
  return { node, title, under, took, width: Math.ceil(inside) + 2 * (STEP.padding + slant), height: STEP.height };
}

/** What stands below the name of a step. */
function underText({ step, detail = "", each }: GraphNode): string {
  if (step === "switch") return `by ${detail.replace(/^\$/, "")}`;
  if (step === "condition") return `${detail}?`;
  if (step === "until") return "ends the group";
  const script = basename(detail);
  return each === undefined ? script : `${script} for each ${each}`;
}

function dataBox(node: GraphNode): Box {
  const isParameter = node.kind === "parameter";
  const text = isParameter && node.detail !== undefined ? `${node.label} = ${node.detail}` : node.label;
  const title = fitText(text, DATA.most - 2 * DATA.padding, FONTS.data);
  const inside = Math.max(textWidth(title, FONTS.data), DATA.least - 2 * DATA.padding);
  const width = Math.ceil(inside) + 2 * DATA.padding + (isParameter ? SLANT : 0);
  return { node, title, under: "", took: "", width, height: DATA.height };
}

/** The heading of a frame. */
export function headingOf({ label, iterations, durationMs }: GraphNode): string {
  const words = [
    fitText(label, 260, FONTS.heading),
    ...(iterations === undefined ? [] : [iterations === 1 ? "once" : `${iterations} iterations`]),
    ...(durationMs === undefined ? [] : [durationLabel(durationMs)]),
  ];
  return words.join(" · ");
}
