import type { LayoutFrame, LayoutLine, LayoutQuestion } from "../../ports/layout.ts";
import type { Graph, GraphEdge, GraphNode } from "../model/graph.ts";
import { framesOf } from "../model/frames.ts";
import { labelsOf } from "../model/labels.ts";
import { type Box, boxOf, FONTS, headingOf } from "./boxes.ts";
import { fitText, textWidth } from "./text_width.ts";

/** A line of a picture: all edges between the same two, in one. */
export interface Line {
  readonly edges: readonly GraphEdge[];
  /** What is written on it; empty where the name of what it comes from says the same. */
  readonly text: string;
  readonly kind: GraphEdge["kind"];
}

/** A drawing before anything has its place. */
export interface Sketch {
  readonly graph: Graph;
  readonly boxes: readonly Box[];
  readonly frames: readonly GraphNode[];
  readonly lines: readonly Line[];
  readonly question: LayoutQuestion;
}

const LABEL_MOST = 110;
const LABEL_HEIGHT = 13;
const HEAD_HEIGHT = 30;

/** What is drawn of a graph, and how large it is. Groups with nothing in them are left out. */
export function sketch(graph: Graph, direction: LayoutQuestion["direction"]): Sketch {
  const frameOf = framesOf(graph);
  const boxes = graph.nodes.filter(({ kind }) => kind !== "group").map(boxOf);
  const used = new Set(boxes.map(({ node }) => frameOf.get(node.id)));
  for (const { id, group } of graph.nodes.toReversed()) if (used.has(id)) used.add(group);
  const frames = graph.nodes.filter(({ kind, id }) => kind === "group" && used.has(id));
  const lines = linesOf(graph);
  const question: LayoutQuestion = {
    boxes: boxes.map(({ node, width, height }) => ({ id: node.id, width, height, frame: frameOf.get(node.id) })),
    frames: outermostFirst(frames).map(layoutFrame),
    lines: lines.map(layoutLine),
    direction,
  };
  return { graph, boxes, frames, lines, question };
}

function outermostFirst(frames: readonly GraphNode[]): readonly GraphNode[] {
  const groups = new Map(frames.map((frame) => [frame.id, frame]));
  const depth = ({ group }: GraphNode): number => group === undefined ? 0 : 1 + depth(groups.get(group)!);
  return frames.toSorted((a, b) => depth(a) - depth(b));
}

function layoutFrame(node: GraphNode): LayoutFrame {
  const minWidth = Math.ceil(textWidth(headingOf(node), FONTS.heading)) + (node.state === null ? 28 : 50);
  return { id: node.id, frame: node.group, headHeight: HEAD_HEIGHT, minWidth };
}

function linesOf(graph: Graph): readonly Line[] {
  const labels = labelsOf(graph);
  const lines = new Map<string, GraphEdge[]>();
  for (const edge of graph.edges) {
    const key = `${edge.source}\0${edge.target}\0${edge.kind === "feedback"}`;
    lines.set(key, [...lines.get(key) ?? [], edge]);
  }
  return Array.from(lines.values(), (edges) => {
    const texts = edges.map((edge) => labels.get(edge)!).filter((text) => text !== "");
    const text = fitText([...new Set(texts)].join(", "), LABEL_MOST, FONTS.edge);
    return { edges, text, kind: edges[0].kind };
  });
}

function layoutLine({ edges: [edge], text, kind }: Line): LayoutLine {
  const size = { width: Math.ceil(textWidth(text, FONTS.edge)) + 6, height: LABEL_HEIGHT };
  return {
    source: edge.source,
    target: edge.target,
    isBack: kind === "feedback",
    ...(text !== "" && { label: size }),
  };
}
