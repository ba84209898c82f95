import type { Graph, GraphNode } from "../model/graph.ts";
import { framesOf } from "../model/frames.ts";

/** What is written on a group. */
export function groupText({ label, iterations }: GraphNode): string {
  return iterations === undefined ? label : `${label} (${iterations} iterations)`;
}

/** How nodes and groups are written. */
export interface Writing {
  readonly node: (node: GraphNode) => string;
  /** The lines that stand around a group's own. */
  readonly group: (node: GraphNode) => readonly [begin: readonly string[], end: string];
}

/** Lines for all nodes, those of a group inside its own. Groups with nothing in them are left out. */
export function nodeLines(graph: Graph, writing: Writing): readonly string[] {
  const frames = framesOf(graph);
  const members = Map.groupBy(graph.nodes, ({ id }) => frames.get(id));
  const inside = (group: string | undefined, indent: string): readonly string[] =>
    (members.get(group) ?? []).flatMap((node) => {
      if (node.kind !== "group") return [`${indent}${writing.node(node)}`];
      const lines = inside(node.id, `${indent}  `);
      if (lines.length === 0) return [];
      const [[first, ...more], end] = writing.group(node);
      return [`${indent}${first}`, ...more.map((line) => `${indent}  ${line}`), ...lines, `${indent}${end}`];
    });
  return inside(undefined, "  ");
}
