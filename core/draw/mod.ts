/**
 * Pipelines as pictures, and as graphs that other programs read.
 *
 * @module
 */

export type { EdgeKind, Graph, GraphEdge, GraphNode, NodeKind, StepKind } from "./model/graph.ts";
export { type GraphFacts, graphOf } from "./model/build.ts";
export { canvasPositions } from "./model/positions.ts";
export { lastDurations } from "./model/durations.ts";
export { withoutParameters } from "./model/without.ts";
export { dotText } from "./text/dot.ts";
export { graphDocument, type Position } from "./text/json.ts";
export { mermaidText } from "./text/mermaid.ts";
export { graphSvg, type SvgOptions } from "./picture/svg.ts";
