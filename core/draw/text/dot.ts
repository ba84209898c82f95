import type { Graph, GraphEdge, GraphNode } from "../model/graph.ts";
import { labelsOf } from "../model/labels.ts";
import { groupText, nodeLines } from "./nodes.ts";

const HEAD = [
  "  rankdir=LR;",
  '  graph [fontname="Helvetica", fontsize=11, color="#94a3b8", style="rounded"];',
  '  node [fontname="Helvetica", fontsize=11, shape=box, style="rounded,filled", fillcolor="#ffffff", color="#334155"];',
  '  edge [fontname="Helvetica", fontsize=9, color="#64748b", arrowsize=0.7];',
];

/** A graph that Graphviz draws: `dot -Tpdf`. */
export function dotText(graph: Graph): string {
  const ids = new Map(graph.nodes.map(({ id }, at) => [id, `n${at}`]));
  const labels = labelsOf(graph);
  const lines = nodeLines(graph, {
    node: (node) => `${ids.get(node.id)} [${attributes(node)}];`,
    group: (node) => [[`subgraph cluster_${ids.get(node.id)} {`, `label=${quote(groupText(node))};`], "}"],
  });
  const links = graph.edges.map((edge) => `  ${link(edge, labels.get(edge)!, ids)}`);
  return [`digraph ${quote(graph.name)} {`, ...HEAD, ...lines, ...links, "}", ""].join("\n");
}

function attributes(node: GraphNode): string {
  const words = [`label=${quote(node.label)}`, ...look(node)];
  if (node.detail !== undefined) words.push(`tooltip=${quote(node.detail)}`);
  return words.join(", ");
}

function look({ kind, step, each, optional, disabled }: GraphNode): readonly string[] {
  if (kind === "data") return ['fillcolor="#eef4fb"', 'color="#5b7fb0"'];
  if (kind === "parameter") return ["shape=parallelogram", "style=filled", 'fillcolor="#f6f0fb"', 'color="#8a63b0"'];
  const faded = optional || disabled ? ['fontcolor="#94a3b8"', 'style="rounded,filled,dashed"'] : [];
  if (step === "condition" || step === "until") return ["shape=hexagon", "style=filled", ...faded.slice(0, 1)];
  if (step === "switch") return ["shape=diamond", "style=filled", ...faded.slice(0, 1)];
  return each === undefined ? faded : ["peripheries=2", ...faded];
}

function link(edge: GraphEdge, label: string, ids: ReadonlyMap<string, string>): string {
  const words = [
    ...(label === "" ? [] : [`label=${quote(label)}`]),
    ...(edge.kind === "feedback" ? ["style=dashed", "constraint=false"] : []),
    ...(edge.kind === "order" ? ["style=dashed"] : edge.kind === "nested" ? ["style=dotted"] : []),
  ];
  const look = words.length === 0 ? "" : ` [${words.join(", ")}]`;
  return `${ids.get(edge.source)} -> ${ids.get(edge.target)}${look};`;
}

/** A quoted text of the language: a quote and a backslash are escaped, what no font shows becomes a blank. */
function quote(text: string): string {
  // deno-lint-ignore no-control-regex
  const shown = text.replace(/[\x00-\x1f\x7f-\x9f]/g, " ").replace(/\p{Surrogate}/gu, "\ufffd");
  return `"${shown.replace(/["\\]/g, "\\$&")}"`;
}
