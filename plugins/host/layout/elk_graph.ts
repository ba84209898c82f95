/**
 * Questions as the Eclipse Layout Kernel understands them, and its answers. Its options: https://eclipse.dev/elk/reference.html
 *
 * @module
 */

import type {
  Area,
  LayoutBox,
  LayoutFrame,
  LayoutLine,
  LayoutQuestion,
  Placed,
  PlacedLine,
  Point,
} from "../../../core/ports/layout.ts";

/** A node, with those in it. */
export interface ElkNode extends Partial<Area> {
  readonly id: string;
  readonly layoutOptions?: Readonly<Record<string, string>>;
  readonly children?: readonly ElkNode[];
  readonly edges?: readonly ElkEdge[];
}

interface ElkEdge {
  readonly id: string;
  readonly sources: readonly string[];
  readonly targets: readonly string[];
  readonly layoutOptions?: Readonly<Record<string, string>>;
  readonly labels?: readonly (Partial<Area> & Pick<ElkNode, "layoutOptions"> & { readonly text: string })[];
  readonly sections?: readonly {
    readonly startPoint: Point;
    readonly bendPoints?: readonly Point[];
    readonly endPoint: Point;
  }[];
}

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "elk.json.shapeCoords": "ROOT",
  "elk.json.edgeCoords": "ROOT",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.considerModelOrder.strategy": "PREFER_NODES",
  "elk.layered.crossingMinimization.greedySwitch.type": "TWO_SIDED",
  "elk.layered.spacing.nodeNodeBetweenLayers": "34",
  "elk.layered.spacing.edgeNodeBetweenLayers": "14",
  "elk.layered.spacing.edgeEdgeBetweenLayers": "9",
  "elk.spacing.nodeNode": "18",
  "elk.spacing.edgeNode": "13",
  "elk.spacing.edgeEdge": "9",
  "elk.spacing.edgeLabel": "3",
  "elk.spacing.componentComponent": "28",
  // Lines that leave or reach a box on the same side share one point.
  "elk.layered.mergeEdges": "true",
  "elk.layered.mergeHierarchyEdges": "true",
  "elk.padding": "[top=0,left=0,bottom=0,right=0]",
} as const;

/** What is written on a line stands in it, not beside it. */
const ON_LINE = { "elk.edgeLabels.inline": "true" };

/** The question, for it. Names of ours may hold anything, so it is given numbers. */
export function elkGraph({ boxes, frames, lines, direction }: LayoutQuestion): ElkNode {
  const ids = numbers(boxes, frames);
  const children = (frame?: string): readonly ElkNode[] => [
    ...frames.filter((inner) => inner.frame === frame).map((inner) => frameNode(inner, ids, children(inner.id))),
    ...boxes.filter((box) => box.frame === frame).map(({ id, width, height }) => ({ id: ids.get(id)!, width, height })),
  ];
  return {
    id: "root",
    layoutOptions: { ...OPTIONS, "elk.direction": direction.toUpperCase() },
    children: children(),
    edges: lines.map((line, at) => edgeOf(line, at, ids)),
  };
}

type Ids = ReadonlyMap<string, string>;

function numbers(boxes: readonly LayoutBox[], frames: readonly LayoutFrame[]): Ids {
  return new Map([...frames, ...boxes].map(({ id }, at) => [id, `n${at}`]));
}

function frameNode({ id, headHeight, minWidth }: LayoutFrame, ids: Ids, children: readonly ElkNode[]): ElkNode {
  const layoutOptions = {
    "elk.padding": `[top=${headHeight + 6},left=16,bottom=16,right=16]`,
    "elk.nodeSize.constraints": "MINIMUM_SIZE",
    "elk.nodeSize.minimum": `(${minWidth},60)`,
  };
  return { id: ids.get(id)!, layoutOptions, children };
}

function edgeOf({ source, target, label, isBack }: LayoutLine, at: number, ids: Ids): ElkEdge {
  return {
    id: `e${at}`,
    sources: [ids.get(source)!],
    targets: [ids.get(target)!],
    // Of two lines that make a ring, the one that leads back is the one to be turned.
    layoutOptions: { "elk.layered.priority.direction": isBack ? "0" : "10" },
    ...(label !== undefined && { labels: [{ text: ".", ...label, layoutOptions: ON_LINE }] }),
  };
}

/** Its answer, in the words of the question. */
export function placedOf(root: ElkNode, { boxes, frames, lines }: LayoutQuestion): Placed {
  const ids = numbers(boxes, frames);
  const areas = new Map<string, Area>();
  collect(root, areas);
  const found = (all: readonly { readonly id: string }[]) =>
    new Map(all.map(({ id }) => [id, areas.get(ids.get(id)!)!]));
  const edges = new Map((root.edges ?? []).map((edge) => [edge.id, edge]));
  return { boxes: found(boxes), frames: found(frames), lines: lines.map((_, at) => lineOf(edges.get(`e${at}`)!)) };
}

function collect({ children = [] }: ElkNode, areas: Map<string, Area>): void {
  for (const child of children) {
    const { id, x = 0, y = 0, width = 0, height = 0 } = child;
    areas.set(id, { x, y, width, height });
    collect(child, areas);
  }
}

function lineOf({ sections = [], labels = [] }: ElkEdge): PlacedLine {
  const points = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]);
  const [label] = labels;
  if (label?.x === undefined || label.y === undefined) return { points };
  return { points, label: { x: label.x, y: label.y } };
}
