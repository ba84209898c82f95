/**
 * Places boxes so that lines go from left to right, groups stay together and all of it can be read, away from the
 * page's own thread.
 *
 * @module
 */

import { inColumns } from "../graph/columns.ts";
import type { Laid } from "../graph/fold.ts";
import {
  type Layered,
  type LayoutBox,
  layOutGroups,
  type LayoutLine,
  type LayoutSize,
  portId,
} from "../graph/group_layout.ts";

/** What is to be placed; without boxes: get ready for good places. */
export interface LayoutWish {
  readonly id: number;
  readonly boxes: readonly LayoutBox[];
  readonly lines: readonly LayoutLine[];
}

/** First that all is there that it takes, then where the boxes go; left upper corners. Without places it was no good. */
export type LayoutAnswer =
  | { readonly id: number; readonly state: "begun" }
  | {
    readonly id: number;
    readonly state: "over";
    readonly places?: readonly { readonly id: string; readonly x: number; readonly y: number }[];
  };

interface Elk {
  layout(graph: unknown): Promise<{ readonly children?: readonly Laid[] }>;
}

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.layered.spacing.nodeNodeBetweenLayers": "64",
  "elk.spacing.nodeNode": "32",
  "elk.spacing.componentComponent": "48",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
};

/** Above so many boxes, columns are as easy to read, and there in a fifth of the time: no program has to come first. */
const LARGE = 50;

let loading: Promise<Elk> | undefined;

self.onmessage = hear;

async function hear({ data: { id, boxes, lines } }: MessageEvent<LayoutWish>): Promise<void> {
  const tell = (answer: LayoutAnswer) => self.postMessage(answer);
  try {
    const layered = boxes.length > LARGE ? inColumns : layeredBy(await loaded());
    tell({ id, state: "begun" });
    const laid = boxes.length === 0 ? [] : await layOutGroups(boxes, lines, { layered });
    tell({ id, state: "over", places: laid.map(({ id, x, y }) => ({ id, x: Math.round(x), y: Math.round(y) })) });
  } catch {
    // There are graphs that cannot be laid out so, and programs that do not come; the page has a layout that always works.
    loading = undefined;
    tell({ id, state: "over" });
  }
}

/** A long program, which large graphs do without. */
function loaded(): Promise<Elk> {
  return loading ??= import("elkjs/lib/elk.bundled.js").then(({ default: Elk }) => {
    // Its types speak of a module that it is not.
    const elk = new (Elk as unknown as new () => Elk)();
    // In a worker it takes what the page says for its own.
    self.onmessage = hear;
    return elk;
  });
}

/** Boxes in layers, from left to right; lines to other boxes than these are left out. */
function layeredBy(elk: Elk): Layered {
  return async (boxes, lines) => {
    const numbers = new Map(boxes.map(({ id }, index) => [id, `box ${index}`]));
    const inside = lines.filter(({ source, target }) => numbers.has(source) && numbers.has(target));
    const { children = [] } = await elk.layout(graphOf(boxes, inside, numbers));
    const found = new Map(children.map((child) => [child.id, child]));
    return boxes.map(({ id, width, height }) => {
      const { x, y } = found.get(numbers.get(id)!)!;
      return { id, x, y, width, height };
    });
  };
}

function graphOf(boxes: readonly LayoutSize[], lines: readonly LayoutLine[], numbers: ReadonlyMap<string, string>) {
  const used = new Set(lines.flatMap(({ source, sourceHandle, target, targetHandle }) => [
    portId(source, sourceHandle),
    portId(target, targetHandle),
  ]));
  /** Lines that begin and end where they are drawn can be straight. */
  const portsOf = ({ id, ports = [] }: LayoutSize) => {
    const own = ports.filter((port) => used.has(portId(id, port.id)));
    if (own.length === 0) return {};
    const placed = own.map((port) => ({ ...port, id: portId(numbers.get(id)!, port.id), width: 0, height: 0 }));
    return { ports: placed, layoutOptions: { "elk.portConstraints": "FIXED_POS" } };
  };
  const withPorts = new Map(boxes.map((box) => [box.id, new Set(box.ports?.map(({ id }) => id))]));
  const end = (id: string, handle: string) =>
    withPorts.get(id)!.has(handle) ? portId(numbers.get(id)!, handle) : numbers.get(id)!;
  return {
    id: "root",
    layoutOptions: OPTIONS,
    children: boxes.map((box) => {
      return { width: box.width, height: box.height, id: numbers.get(box.id)!, ...portsOf(box) };
    }),
    edges: lines.map((line, index) => ({
      id: `line ${index}`,
      sources: [end(line.source, line.sourceHandle)],
      targets: [end(line.target, line.targetHandle)],
    })),
  };
}
