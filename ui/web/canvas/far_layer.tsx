import { useStoreApi } from "@xyflow/react";
import { useEffect, useRef } from "react";
import type { Box, Line } from "../../graph/canvas.ts";
import type { Spatial } from "../../graph/spatial.ts";
import { useAppState } from "../state/use_app.ts";
import { useCanvasState, useHeld } from "./canvas_state.ts";
import { useStateColor } from "./colors.ts";
import { Painter } from "./painter.ts";

/** The picture of all boxes of a large canvas, behind those that are elements. */
export function FarLayer(
  { boxes, lines, spatial }: {
    readonly boxes: ReadonlyMap<string, Box>;
    readonly lines: readonly Line[];
    readonly spatial: Spatial;
  },
) {
  const place = useRef<HTMLDivElement>(null);
  const painter = useRef<Painter>(undefined);
  const store = useStoreApi();
  const { colors, stateOf } = useStateColor();
  const selection = useAppState(({ selection }) => selection);
  const { live } = useCanvasState();
  const isMoving = useHeld(live, ({ size }) => size > 0);
  useEffect(() => {
    const made = painter.current = new Painter(place.current!);
    const look = () => {
      const { transform: [x, y, zoom], width, height } = store.getState();
      made.look({ x, y, zoom }, { width, height });
    };
    look();
    const end = store.subscribe(look);
    return () => (end(), made.close());
  }, [store]);
  useEffect(() => {
    const hidden = new Set(isMoving ? live.get().keys() : []);
    painter.current?.show({
      boxes,
      lines,
      rects: spatial.rects,
      bounds: spatial.bounds,
      colors,
      stateOf,
      selection,
      hidden,
    });
  }, [boxes, lines, spatial, colors, stateOf, selection, isMoving, live]);
  return <div className="far-layer" ref={place} aria-hidden="true" />;
}
