/**
 * On a large canvas only boxes that can be read are elements; all others are painted.
 *
 * @module
 */

import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useEffect, useRef, useState } from "react";
import type { Spatial } from "../../graph/spatial.ts";
import { overlaps, type Rect } from "../../graph/sizes.ts";
import { FAR_ZOOM, seen } from "./view.ts";

/** From how many boxes on: so many elements follow a hand without a pause, more of them do not. */
const LARGE = 40;

/** So many boxes become elements in one frame. */
const AT_ONCE = 40;

const NONE: ReadonlySet<string> = new Set();

/**
 * Ids of boxes that are elements because they are in view; all of them, on a small canvas (`undefined`).
 *
 * @param count Of all boxes, those without a place too.
 */
export function useNear(spatial: Spatial, count: number): ReadonlySet<string> | undefined {
  const store = useStoreApi();
  const flow = useReactFlow();
  const [near, setNear] = useState<ReadonlySet<string>>(NONE);
  const isLarge = count > LARGE;
  const newest = useRef(spatial);
  newest.current = spatial;
  useEffect(() => {
    if (!isLarge) return;
    let frame = 0;
    let around: Rect | undefined;
    let current = NONE;
    const grow = (wanted: ReadonlySet<string>) => {
      const missing = [...wanted].filter((id) => !current.has(id));
      const next = new Set([...current.intersection(wanted), ...missing.slice(0, AT_ONCE)]);
      if (missing.length > 0 || next.size !== current.size) setNear(current = next);
      frame = missing.length > AT_ONCE ? requestAnimationFrame(() => grow(wanted)) : 0;
    };
    const look = () => {
      const view = flow.getViewport();
      const { width, height } = store.getState();
      const rect = seen(view, { width, height });
      if (view.zoom < FAR_ZOOM) {
        around = undefined;
        cancelAnimationFrame(frame);
        if (current.size > 0) setNear(current = NONE);
        return;
      }
      if (around !== undefined && isInside(rect, around) && around.width < 2 * rect.width) return;
      around = grown(rect, 0.25);
      cancelAnimationFrame(frame);
      grow(newest.current.within(around));
    };
    look();
    return store.subscribe(({ transform, width }, before) => {
      if (transform !== before.transform || width !== before.width) look();
    });
  }, [isLarge, spatial, store, flow]);
  return isLarge ? near : undefined;
}

function isInside(inner: Rect, outer: Rect): boolean {
  return overlaps(inner, outer) && inner.x >= outer.x && inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height;
}

/** A rectangle with a share of itself more on every side. */
export function grown({ x, y, width, height }: Rect, share: number): Rect {
  return {
    x: x - width * share,
    y: y - height * share,
    width: width * (1 + 2 * share),
    height: height * (1 + 2 * share),
  };
}
