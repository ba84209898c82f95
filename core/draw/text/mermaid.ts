import type { Graph, GraphEdge, GraphNode } from "../model/graph.ts";
import { labelsOf } from "../model/labels.ts";
import { groupText, nodeLines } from "./nodes.ts";

const CLASSES = [
  "  classDef step fill:#ffffff,stroke:#334155,stroke-width:1.5px,color:#0f172a",
  "  classDef data fill:#eef4fb,stroke:#5b7fb0,color:#0f172a",
  "  classDef parameter fill:#f6f0fb,stroke:#8a63b0,color:#0f172a",
  "  classDef faded opacity:0.5,stroke-dasharray:4 3",
];

/** A flowchart that Mermaid draws, as in a README. */
export function mermaidText(graph: Graph): string {
  const ids = new Map(graph.nodes.map(({ id }, at) => [id, `n${at}`]));
  const labels = labelsOf(graph);
  const lines = nodeLines(graph, {
    node: (node) => `${ids.get(node.id)}${shape(node)}`,
    group: (node) => [[`subgraph ${ids.get(node.id)}["${escape(groupText(node))}"]`], "end"],
  });
  const links = graph.edges.map((edge) => `  ${link(edge, labels.get(edge)!, ids)}`);
  return ["flowchart LR", ...lines, ...links, ...CLASSES, ...classLines(graph, ids), ""].join("\n");
}

function shape(node: GraphNode): string {
  const label = `"${escape(node.label)}"`;
  if (node.kind === "data") return `([${label}])`;
  if (node.kind === "parameter") return `[/${label}/]`;
  if (node.step === "condition" || node.step === "until") return `{{${label}}}`;
  return node.step === "switch" ? `{${label}}` : node.each === undefined ? `[${label}]` : `[[${label}]]`;
}

function link(edge: GraphEdge, label: string, ids: ReadonlyMap<string, string>): string {
  const arrow = edge.kind === "feedback" || edge.kind === "nested" || edge.kind === "order" ? "-.->" : "-->";
  const middle = label === "" ? arrow : `${arrow}|"${escape(label)}"|`;
  return `${ids.get(edge.source)} ${middle} ${ids.get(edge.target)}`;
}

function classLines({ nodes }: Graph, ids: ReadonlyMap<string, string>): readonly string[] {
  const named = (test: (node: GraphNode) => boolean) => nodes.filter(test).map(({ id }) => ids.get(id));
  const kinds = ["step", "data", "parameter"].map((kind) => [kind, named((node) => node.kind === kind)] as const);
  const faded = named((node) => node.kind === "step" && (node.optional === true || node.disabled === true));
  return [...kinds, ["faded", faded] as const].flatMap(([name, members]) =>
    members.length === 0 ? [] : [`  class ${members.join(",")} ${name}`]
  );
}

/**
 * Text between quotes. All that could mean anything to Mermaid, to Markdown or to HTML is written as `#NUMBER;`, which
 * Mermaid turns back when it draws; what no font shows becomes a blank.
 */
function escape(text: string): string {
  // What looks like the beginning of a list is one, to Markdown.
  const start = /^\s*(\d+[.)]|[-+])\s/.test(text) ? "\u200b" : "";
  return start + text.replace(/[^\p{L}\p{N}]/gu, (char) => {
    const code = char.codePointAt(0)!;
    if (" .,_/:()=+@-".includes(char)) return char;
    return isShown(code) ? `#${code};` : " ";
  });
}

function isShown(code: number): boolean {
  return code >= 0x20 && (code < 0x7f || code > 0x9f) && (code < 0xd800 || code > 0xdfff) && (code & 0xfffe) !== 0xfffe;
}
