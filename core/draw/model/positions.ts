import type { Point } from "../../ports/layout.ts";
import { readYaml } from "../../yaml/read.ts";
import { Float, type Value } from "../../yaml/value.ts";
import type { Graph, GraphNode } from "./graph.ts";

/**
 * Where nodes stand on the canvas, by id: what `layout:` of the file says.
 *
 * @param text Of the whole file.
 */
export function canvasPositions(graph: Graph, text: string): ReadonlyMap<string, Point> {
  const document = readYaml(text, graph.name).value;
  const layout = document instanceof Map ? document.get("layout") : undefined;
  const positions = new Map<string, Point>();
  if (!(layout instanceof Map)) return positions;
  for (const node of graph.nodes) {
    const point = pointOf(layout.get(canvasName(node)));
    if (point !== undefined) positions.set(node.id, point);
  }
  return positions;
}

/** A step goes by its name there, also inside a repeated group. */
function canvasName({ id, kind, label }: GraphNode): string {
  const name = id.slice(id.indexOf(":") + 1);
  if (kind === "step") return label;
  return kind === "data" ? `data_${name}` : kind === "parameter" ? `param_${name}` : id;
}

function pointOf(value: Value | undefined): Point | undefined {
  if (!(value instanceof Map)) return undefined;
  const [x, y] = [numberOf(value.get("x")), numberOf(value.get("y"))];
  return x === undefined || y === undefined ? undefined : { x, y };
}

/** Farther away than this nothing is meant to be looked at, and no picture could show it. */
const FARTHEST = 1e6;

function numberOf(value: Value | undefined): number | undefined {
  const number = value instanceof Float ? value.value : value;
  return typeof number === "number" && Math.abs(number) <= FARTHEST ? number : undefined;
}
