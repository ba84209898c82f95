/**
 * Places boxes so that lines go from left to right, groups stay together and all of it can be read, away from the
 * page's own thread.
 *
 * @module
 */

import Elk from "elkjs/lib/elk.bundled.js";
import type { Laid } from "../graph/fold.ts";
import { type LayoutBox, layOutGroups, type LayoutLine, type LayoutSize, portId } from "../graph/group_layout.ts";

/** What is to be placed. */
export interface LayoutWish {
  readonly id: number;
  readonly boxes: readonly LayoutBox[];
  readonly lines: readonly LayoutLine[];
}

/** Where the boxes go; left upper corners. Without places it could not be done, or nothing was wished for yet. */
export interface LayoutAnswer {
  readonly id: number;
  readonly places?: readonly { readonly id: string; readonly x: number; readonly y: number }[];
}

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.layered.spacing.nodeNodeBetweenLayers": "64",
  "elk.spacing.nodeNode": "32",
  "elk.spacing.componentComponent": "48",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
};

/** Above so many boxes, the best places take too long. */
const MANY = 50;

/** Above so many boxes, good places do. */
const LARGE = 1_500;

// Its types speak of a module that it is not.
const elk = new (Elk as unknown as new () => {
  layout(graph: unknown): Promise<{ readonly children?: readonly Laid[] }>;
})();

self.onmessage = async ({ data: { id, boxes, lines } }: MessageEvent<LayoutWish>) => {
  const isLarge = boxes.length > LARGE;
  const places = await layOutGroups(boxes, lines, {
    layered: (boxes, lines) => layered(boxes, lines, isLarge),
    rows: isLarge ? [1] : undefined,
  }).then(
    (laid) => laid.map(({ id, x, y }) => ({ id, x: Math.round(x), y: Math.round(y) })),
    // It knows graphs that it cannot lay out; the page has a layout that always works.
    () => undefined,
  );
  self.postMessage({ id, places } satisfies LayoutAnswer);
};

self.postMessage({ id: 0 } satisfies LayoutAnswer);

/** Boxes in layers, from left to right; lines to other boxes than these are left out. */
async function layered(
  boxes: readonly LayoutSize[],
  lines: readonly LayoutLine[],
  isLarge: boolean,
): Promise<readonly Laid[]> {
  const numbers = new Map(boxes.map(({ id }, index) => [id, `box ${index}`]));
  const inside = lines.filter(({ source, target }) => numbers.has(source) && numbers.has(target));
  const used = new Set(inside.flatMap(({ source, sourceHandle, target, targetHandle }) => [
    portId(source, sourceHandle),
    portId(target, targetHandle),
  ]));
  /** Lines that begin and end where they are drawn can be straight. */
  const portsOf = ({ id, ports = [] }: LayoutSize) => {
    const own = isLarge ? [] : ports.filter((port) => used.has(portId(id, port.id)));
    if (own.length === 0) return {};
    const placed = own.map((port) => ({ ...port, id: portId(numbers.get(id)!, port.id), width: 0, height: 0 }));
    return { ports: placed, layoutOptions: { "elk.portConstraints": "FIXED_POS" } };
  };
  const withPorts = new Map(boxes.map((box) => [box.id, new Set(isLarge ? [] : box.ports?.map(({ id }) => id))]));
  const end = (id: string, handle: string) =>
    withPorts.get(id)!.has(handle) ? portId(numbers.get(id)!, handle) : numbers.get(id)!;
  const strategy = isLarge ? "SIMPLE" : boxes.length > MANY ? "BRANDES_KOEPF" : "NETWORK_SIMPLEX";
  const graph = {
    id: "root",
    layoutOptions: { ...OPTIONS, "elk.layered.nodePlacement.strategy": strategy },
    children: boxes.map((box) => ({ ...sized(box), id: numbers.get(box.id)!, ...portsOf(box) })),
    edges: inside.map((line, index) => ({
      id: `line ${index}`,
      sources: [end(line.source, line.sourceHandle)],
      targets: [end(line.target, line.targetHandle)],
    })),
  };
  const { children = [] } = await elk.layout(graph);
  const found = new Map(children.map((child) => [child.id, child]));
  return boxes.map(({ id, width, height }) => {
    const { x, y } = found.get(numbers.get(id)!)!;
    return { id, x, y, width, height };
  });
}

function sized({ width, height }: LayoutSize) {
  return { width, height };
}
