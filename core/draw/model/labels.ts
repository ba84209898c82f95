import type { Graph, GraphEdge } from "./graph.ts";

/**
 * What a picture writes on each line: names of inputs and flags where they tell something, which branch of a switch it
 * is. Not where the name is that of the data once more, nor where a step has one input or one output only.
 */
export function labelsOf({ nodes, edges }: Graph): ReadonlyMap<GraphEdge, string> {
  const names = new Map(nodes.map(({ id, label }) => [id, label]));
  const counts = new Map<string, number>();
  for (const edge of edges) counts.set(endOf(edge), (counts.get(endOf(edge)) ?? 0) + 1);
  const isOnly = (edge: GraphEdge) => counts.get(endOf(edge)) === 1;
  return new Map(edges.map((edge) => [edge, labelOf(edge, isOnly(edge), names)]));
}

function labelOf(edge: GraphEdge, isOnly: boolean, names: ReadonlyMap<string, string>): string {
  const { kind, label, branch, source, target } = edge;
  if (branch !== undefined) return branch;
  if (kind === "feedback") return label;
  if (kind === "order" || kind === "nested" || isOnly && kind !== "argument") return "";
  const data = names.get(kind === "output" ? target : source)!;
  // What comes from an included file has that file's prefix.
  return bare(label) === bare(data.slice(data.lastIndexOf("/") + 1)) ? "" : label;
}

/** The end of an edge that its label is about. */
function endOf({ source, target, kind }: GraphEdge): string {
  return kind === "output" ? `out ${source}` : kind === "input" ? `in ${target}` : `other ${target}`;
}

function bare(text: string): string {
  return text.toLowerCase().replace(/^-+/, "").replaceAll("-", "_");
}
