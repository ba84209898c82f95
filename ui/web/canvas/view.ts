/**
 * Where the canvas is looked at, and moving that.
 *
 * @module
 */

import { getViewportForBounds, type ReactFlowInstance, type Viewport } from "@xyflow/react";
import type { Rect } from "../../graph/sizes.ts";

/** How far out and in one can go. */
export const ZOOM = { least: 0.02, most: 2 } as const;

/** Below this zoom, groups come to the front and boxes fade. */
export const FAR_ZOOM = 0.4;

/** What stays free around what is shown; at the bottom are buttons and hints. */
const PADDING = { x: "3%", top: "24px", bottom: "92px" } as const;

/** The part of the canvas that is seen. */
export function seen(
  { x, y, zoom }: Viewport,
  { width, height }: { readonly width: number; readonly height: number },
): Rect {
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
}

/** Shows all of a rectangle. */
export function show(
  flow: Pick<ReactFlowInstance, "setViewport">,
  bounds: Rect,
  { size, duration = 0, most = 1 }: {
    readonly size: { readonly width: number; readonly height: number };
    readonly duration?: number;
    readonly most?: number;
  },
): void {
  const viewport = getViewportForBounds(bounds, size.width, size.height, ZOOM.least, most, PADDING);
  void flow.setViewport(viewport, { duration });
}

/** So few boxes are never shown too small to be read; the person goes along them instead. */
const FEW = 60;

/** The first look at a pipeline: all of it, or its beginning where all of it would be too small. */
export function showFirst(
  flow: Pick<ReactFlowInstance, "setViewport">,
  bounds: Rect,
  { size, count }: { readonly size: { readonly width: number; readonly height: number }; readonly count: number },
): void {
  const { zoom } = getViewportForBounds(bounds, size.width, size.height, ZOOM.least, 1, PADDING);
  const least = FAR_ZOOM * 1.05;
  if (zoom >= least || count > FEW) return show(flow, bounds, { size });
  const margin = 28;
  const start = (from: number, extent: number, room: number) =>
    extent * least + 2 * margin <= room ? (room - extent * least) / 2 - from * least : margin - from * least;
  void flow.setViewport({
    x: start(bounds.x, bounds.width, size.width),
    y: start(bounds.y, bounds.height, size.height),
    zoom: least,
  });
}
