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
  const viewport = getViewportForBounds(bounds, size.width, size.height, ZOOM.least, most, 0.08);
  void flow.setViewport(viewport, { duration });
}
