/**
 * Places boxes so that lines go from left to right and groups stay together, away from the page's own thread.
 *
 * @module
 */

import Elk from "elkjs/lib/elk.bundled.js";

interface Laid {
  readonly id: string;
  readonly x?: number;
  readonly y?: number;
  readonly children?: readonly Laid[];
}

/** What is to be placed. */
export interface LayoutWish {
  readonly id: number;
  readonly boxes: readonly {
    readonly id: string;
    readonly width: number;
    readonly height: number;
    readonly group?: string;
  }[];
  readonly lines: readonly { readonly id: string; readonly source: string; readonly target: string }[];
}

/** Where the boxes go; left upper corners. Without places it could not be done. */
export interface LayoutAnswer {
  readonly id: number;
  readonly places?: readonly { readonly id: string; readonly x: number; readonly y: number }[];
}

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.layered.spacing.nodeNodeBetweenLayers": "72",
  "elk.spacing.nodeNode": "32",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
};

/** Names of groups and boxes may be the same: to the layout they are numbers. */
const GROUP = "group ";

// Its types speak of a module that it is not.
const elk = new (Elk as unknown as new () => { layout(graph: unknown): Promise<Laid> })();

self.onmessage = async ({ data: { id, boxes, lines } }: MessageEvent<LayoutWish>) => {
  const groups = [...new Set(boxes.flatMap(({ group }) => group ?? []))];
  const name = (index: number) => `box ${index}`;
  const numbers = new Map(boxes.map((box, index) => [box.id, name(index)]));
  const child = ({ id, width, height }: LayoutWish["boxes"][number]) => ({ id: numbers.get(id)!, width, height });
  const isLarge = boxes.length > 1_500;
  const graph = {
    id: "root",
    layoutOptions: {
      ...OPTIONS,
      ...(groups.length > 0 && !isLarge && { "elk.hierarchyHandling": "INCLUDE_CHILDREN" }),
      ...(isLarge && { "elk.layered.nodePlacement.strategy": "SIMPLE" }),
    },
    children: [
      ...boxes.filter(({ group }) => group === undefined || isLarge).map(child),
      ...(isLarge ? [] : groups.map((group, index) => ({
        id: `${GROUP}${index}`,
        layoutOptions: { ...OPTIONS, "elk.padding": "[top=44,left=30,bottom=30,right=30]" },
        children: boxes.filter((box) => box.group === group).map(child),
      }))),
    ],
    edges: lines.map(({ source, target }, index) => ({
      id: `line ${index}`,
      sources: [numbers.get(source)!],
      targets: [numbers.get(target)!],
    })),
  };
  const places = await elk.layout(graph).then(
    (laid) => {
      const found = new Map(leaves(laid, 0, 0));
      return boxes.map(({ id }) => ({ id, ...found.get(numbers.get(id)!)! }));
    },
    // It knows graphs that it cannot lay out; the page has a layout that always works.
    () => undefined,
  );
  self.postMessage({ id, places } satisfies LayoutAnswer);
};

function leaves({ children = [] }: Laid, left: number, top: number): (readonly [string, { x: number; y: number }])[] {
  return children.flatMap((child) => {
    const [x, y] = [left + (child.x ?? 0), top + (child.y ?? 0)];
    return child.id.startsWith(GROUP) ? leaves(child, x, y) : [[child.id, { x: Math.round(x), y: Math.round(y) }]];
  });
}
