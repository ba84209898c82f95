/**
 * Places boxes so that lines go from left to right, away from the page's own thread.
 *
 * @module
 */

import Elk from "elkjs/lib/elk.bundled.js";

interface Laid {
  readonly children?: readonly { readonly id: string; readonly x?: number; readonly y?: number }[];
}

/** What is to be placed. */
export interface LayoutWish {
  readonly id: number;
  readonly boxes: readonly { readonly id: string; readonly width: number; readonly height: number }[];
  readonly lines: readonly { readonly id: string; readonly source: string; readonly target: string }[];
}

/** Where the boxes go; left upper corners. */
export interface LayoutAnswer {
  readonly id: number;
  readonly places: readonly { readonly id: string; readonly x: number; readonly y: number }[];
}

// Its types speak of a module that it is not.
const elk = new (Elk as unknown as new () => { layout(graph: unknown): Promise<Laid> })();

self.onmessage = async ({ data: { id, boxes, lines } }: MessageEvent<LayoutWish>) => {
  const laid = await elk.layout({
    id: "root",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": "RIGHT",
      "elk.layered.spacing.nodeNodeBetweenLayers": "72",
      "elk.spacing.nodeNode": "28",
    },
    children: boxes.map((box) => ({ ...box })),
    edges: lines.map(({ id, source, target }) => ({ id, sources: [source], targets: [target] })),
  });
  const places = (laid.children ?? []).map(({ id, x = 0, y = 0 }) => ({ id, x: Math.round(x), y: Math.round(y) }));
  self.postMessage({ id, places } satisfies LayoutAnswer);
};
