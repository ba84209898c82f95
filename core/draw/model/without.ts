import type { Graph } from "./graph.ts";

/** The graph with steps, data and groups only: what a picture shows unless asked for more. */
export function withoutParameters(graph: Graph): Graph {
  const gone = new Set(graph.nodes.filter(({ kind }) => kind === "parameter").map(({ id }) => id));
  const nodes = graph.nodes.filter(({ id }) => !gone.has(id));
  return { ...graph, nodes, edges: graph.edges.filter(({ source, target }) => !gone.has(source) && !gone.has(target)) };
}
