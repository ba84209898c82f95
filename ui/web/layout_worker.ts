/**
 * Places boxes so that lines go from left to right, groups stay together and all of it can be read, away from the
 * page's own thread.
 *
 * @module
 */

import Elk from "elkjs/lib/elk.bundled.js";
import { blocksOf } from "../graph/blocks.ts";
import { folded, type Laid, scaleOf } from "../graph/fold.ts";
import { around } from "../graph/sizes.ts";

/** What is to be placed. */
export interface LayoutWish {
  readonly id: number;
  readonly boxes: readonly {
    readonly id: string;
    readonly kind: string;
    readonly width: number;
    readonly height: number;
    readonly group?: string;
  }[];
  readonly lines: readonly LineWish[];
}

interface LineWish {
  readonly source: string;
  readonly target: string;
}

/** Where the boxes go; left upper corners. Without places it could not be done. */
export interface LayoutAnswer {
  readonly id: number;
  readonly places?: readonly { readonly id: string; readonly x: number; readonly y: number }[];
}

interface Size {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.layered.spacing.nodeNodeBetweenLayers": "64",
  "elk.spacing.nodeNode": "32",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
};

/** Above so many boxes, the best places take too long. */
const MANY = 50;

/** Above so many boxes, good places do. */
const LARGE = 1_500;

/** Around the boxes of a group, for its frame and its name. */
const FRAME = { top: 44, side: 30 };

/** Groups are tried in one row, and in some more. */
const GROUP_ROWS = [1, 2, 3];

/** Rows in a group must be worth the lines that go back. */
const MUCH = 1.2;

// Its types speak of a module that it is not.
const elk = new (Elk as unknown as new () => {
  layout(graph: unknown): Promise<{ readonly children?: readonly Laid[] }>;
})();

self.onmessage = async ({ data: { id, boxes, lines } }: MessageEvent<LayoutWish>) => {
  const places = await layOut(boxes, lines).then(
    (laid) => laid.map(({ id, x, y }) => ({ id, x: Math.round(x), y: Math.round(y) })),
    // It knows graphs that it cannot lay out; the page has a layout that always works.
    () => undefined,
  );
  self.postMessage({ id, places } satisfies LayoutAnswer);
};

async function layOut(boxes: LayoutWish["boxes"], lines: readonly LineWish[]): Promise<readonly Laid[]> {
  const isLarge = boxes.length > LARGE;
  const blocks = blocksOf(boxes, lines);
  const free = boxes.filter(({ id }) => !blocks.has(id));
  if (blocks.size === 0) return folded(await layered(free, lines, isLarge));
  const names = [...new Set(blocks.values())];
  const insides = await Promise.all(names.map(async (name) => {
    const own = boxes.filter(({ id }) => blocks.get(id) === name);
    return await layered(own, lines, isLarge);
  }));
  // A group may be called like a box.
  const inBlock = (id: string) => blocks.has(id) ? blockId(blocks.get(id)!) : id;
  const between = unique(lines.map(({ source, target }) => ({ source: inBlock(source), target: inBlock(target) })));
  let best: readonly Laid[] | undefined;
  for (const rows of isLarge ? [1] : GROUP_ROWS) {
    const inner = insides.map((laid) => folded(laid, rows));
    const outer = folded(
      await layered([...free, ...names.map((name, at) => framed(name, inner[at]))], between, isLarge),
    );
    const laid = together(outer, new Map(names.map((name, at) => [blockId(name), inner[at]])));
    if (best === undefined || scaleOf(laid) > MUCH * scaleOf(best)) best = laid;
  }
  return best!;
}

/** Boxes in layers, from left to right; lines to other boxes than these are left out. */
async function layered(boxes: readonly Size[], lines: readonly LineWish[], isLarge: boolean): Promise<readonly Laid[]> {
  const numbers = new Map(boxes.map(({ id }, index) => [id, `box ${index}`]));
  const inside = lines.filter(({ source, target }) => numbers.has(source) && numbers.has(target));
  const strategy = isLarge ? "SIMPLE" : boxes.length > MANY ? "BRANDES_KOEPF" : "NETWORK_SIMPLEX";
  const graph = {
    id: "root",
    layoutOptions: { ...OPTIONS, "elk.layered.nodePlacement.strategy": strategy },
    children: boxes.map(({ id, width, height }) => ({ id: numbers.get(id)!, width, height })),
    edges: inside.map(({ source, target }, index) => ({
      id: `line ${index}`,
      sources: [numbers.get(source)!],
      targets: [numbers.get(target)!],
    })),
  };
  const { children = [] } = await elk.layout(graph);
  const found = new Map(children.map((child) => [child.id, child]));
  return boxes.map(({ id, width, height }) => {
    const { x, y } = found.get(numbers.get(id)!)!;
    return { id, x, y, width, height };
  });
}

function blockId(group: string): string {
  return `group\0${group}`;
}

function framed(name: string, laid: readonly Laid[]): Size {
  const { width, height } = around(laid)!;
  return { id: blockId(name), width: width + 2 * FRAME.side, height: height + FRAME.top + FRAME.side };
}

/** The boxes of each block where the block lies. */
function together(outer: readonly Laid[], insides: ReadonlyMap<string, readonly Laid[]>): readonly Laid[] {
  return outer.flatMap((place) => {
    const inner = insides.get(place.id);
    if (inner === undefined) return [place];
    const { x, y } = around(inner)!;
    const [left, top] = [place.x + FRAME.side - x, place.y + FRAME.top - y];
    return inner.map((box) => ({ ...box, x: box.x + left, y: box.y + top }));
  });
}

function unique(lines: readonly LineWish[]): readonly LineWish[] {
  const found = new Map(lines.map((line) => [JSON.stringify([line.source, line.target]), line]));
  return [...found.values()].filter(({ source, target }) => source !== target);
}
