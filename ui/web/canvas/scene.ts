/**
 * Boxes and lines as React Flow wants them, each made anew only when something about it is different.
 *
 * @module
 */

import { type Edge, type Node, Position } from "@xyflow/react";
import type { Box, Canvas, Line } from "../../graph/canvas.ts";
import { BOX_WIDTH, boxHeight, handlePlace, type Point } from "../../graph/sizes.ts";

/** What a node of the canvas carries. */
export interface BoxData extends Record<string, unknown> {
  readonly box: Box;
  /** Colour of its group, from 0. */
  readonly color?: number;
}

/** A box as a node. */
export type BoxNodeType = Node<BoxData, "box">;

/** What an edge of the canvas carries. */
export interface LineData extends Record<string, unknown> {
  readonly line: Line;
  /** Of feedback: how deep it goes below the boxes. */
  readonly below?: number;
  /** At which height it goes across, where the plain way would be behind boxes. */
  readonly across?: number;
}

/** A line as an edge. */
export type LineEdgeType = Edge<LineData, "line">;

/** What a node is made of. */
export interface NodeParts {
  readonly box: Box;
  readonly place: Point;
  readonly isSelected: boolean;
  readonly isNeighbour: boolean;
  readonly color: number | undefined;
}

/** Makes nodes, and remembers them. */
export class Nodes {
  #made = new Map<string, { readonly parts: NodeParts; readonly node: BoxNodeType }>();

  /** The nodes of these boxes, the old ones where nothing is different. */
  of(all: readonly NodeParts[]): BoxNodeType[] {
    const next = new Map<string, { readonly parts: NodeParts; readonly node: BoxNodeType }>();
    for (const parts of all) {
      const known = this.#made.get(parts.box.id);
      next.set(
        parts.box.id,
        known !== undefined && isSame(known.parts, parts) ? known : { parts, node: nodeOf(parts) },
      );
    }
    this.#made = next;
    return Array.from(next.values(), ({ node }) => node);
  }
}

function isSame(a: NodeParts, b: NodeParts): boolean {
  return a.box === b.box && a.place.x === b.place.x && a.place.y === b.place.y && a.isSelected === b.isSelected &&
    a.isNeighbour === b.isNeighbour && a.color === b.color;
}

function nodeOf({ box, place, isSelected, isNeighbour, color }: NodeParts): BoxNodeType {
  const [width, height] = [BOX_WIDTH[box.kind], boxHeight(box)];
  return {
    id: box.id,
    type: "box",
    position: { x: place.x, y: place.y },
    data: { box, color },
    selected: isSelected,
    className: isNeighbour ? "neighbour" : undefined,
    zIndex: isSelected ? 10 : 1,
    width,
    height,
    // Known beforehand, so that nothing is measured and lines are there at once.
    measured: { width, height },
    handles: box.handles.map((handle) => {
      const at = handlePlace(box, handle.id)!;
      const isLeft = handle.side === "left";
      return {
        id: handle.id,
        type: isLeft ? "target" as const : "source" as const,
        position: isLeft ? Position.Left : Position.Right,
        x: at.x - HALF,
        y: at.y - HALF,
        width: 2 * HALF,
        height: 2 * HALF,
      };
    }),
    ariaLabel: `${nameOfKind(box)} ${box.label}`,
  };
}

const HALF = 6;

/** What a box is, in a word or two. */
export function nameOfKind({ kind, type, copyOf }: Box): string {
  if (kind === "data") return type === "" ? "data" : `${type} data`;
  if (kind === "parameter") return copyOf === undefined ? "parameter" : "copy of parameter";
  return type === "task" ? "step" : `${type} step`;
}

/** What an edge is made of. */
export interface EdgeParts {
  readonly line: Line;
  readonly isSelected: boolean;
  /** It hangs on what is selected. */
  readonly isLit: boolean;
  readonly below: number | undefined;
  readonly across?: number;
}

/** Makes edges, and remembers them. */
export class Edges {
  #made = new Map<string, { readonly parts: EdgeParts; readonly edge: LineEdgeType }>();

  /** The edges of these lines, the old ones where nothing is different. */
  of(all: readonly EdgeParts[]): LineEdgeType[] {
    const next = new Map<string, { readonly parts: EdgeParts; readonly edge: LineEdgeType }>();
    for (const parts of all) {
      const known = this.#made.get(parts.line.id);
      const isKnown = known !== undefined && known.parts.isSelected === parts.isSelected &&
        known.parts.isLit === parts.isLit && known.parts.below === parts.below && known.parts.across === parts.across &&
        known.parts.line.feedback === parts.line.feedback && known.parts.line.nested === parts.line.nested;
      next.set(parts.line.id, isKnown ? known : { parts, edge: edgeOf(parts) });
    }
    this.#made = next;
    return Array.from(next.values(), ({ edge }) => edge);
  }
}

function edgeOf({ line, isSelected, isLit, below, across }: EdgeParts): LineEdgeType {
  const classes = [line.feedback && "feedback", line.nested && "nested", isLit && "lit"].filter(Boolean);
  return {
    id: line.id,
    type: "line",
    source: line.source,
    target: line.target,
    sourceHandle: line.sourceHandle,
    targetHandle: line.targetHandle,
    selected: isSelected,
    className: classes.length === 0 ? undefined : classes.join(" "),
    data: { line, below, across },
    ariaLabel: `${line.source} to ${line.target}`,
    focusable: false,
  };
}

/** Boxes that a line joins to the selected ones, and those lines. */
export function attached(
  { lines }: Canvas,
  selection: ReadonlySet<string>,
): { readonly boxes: ReadonlySet<string>; readonly lines: ReadonlySet<string> } {
  const found = { boxes: new Set<string>(), lines: new Set<string>() };
  if (selection.size === 0 || selection.size > 200) return found;
  for (const { id, source, target } of lines) {
    if (!selection.has(source) && !selection.has(target)) continue;
    found.lines.add(id);
    for (const end of [source, target]) if (!selection.has(end)) found.boxes.add(end);
  }
  return found;
}
