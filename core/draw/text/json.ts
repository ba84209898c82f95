import type { Graph, GraphEdge, GraphNode } from "../model/graph.ts";

/** Where a node stands on the canvas, from the file's `layout`. */
export interface Position {
  readonly x: number;
  readonly y: number;
}

/** The document of `loom graph --format json`. `positions`: by id of the node. */
export function graphDocument(graph: Graph, positions: ReadonlyMap<string, Position> = new Map()): object {
  return {
    name: graph.name,
    nodes: graph.nodes.map((node) => nodeDocument(node, positions.get(node.id))),
    edges: graph.edges.map(edgeDocument),
    sweep: graph.sweep,
  };
}

function nodeDocument({ id, kind, label, state, step, durationMs, ...rest }: GraphNode, position?: Position): object {
  return { id, kind, label, state, step_kind: step, ...rest, duration_ms: durationMs, position };
}

function edgeDocument({ source, target, label, ...rest }: GraphEdge): object {
  return { source, target, label, ...rest };
}
