import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useEffect } from "react";
import { overlaps, rectOf } from "../../graph/sizes.ts";
import { useApp } from "../state/use_app.ts";
import { useSides, useStore } from "../state/use_sides.ts";
import { seen } from "./view.ts";

/** A box that is read of at this zoom or above. */
const READABLE = 0.6;

/** Brings a box into view that was picked elsewhere, unless it is seen already. */
export function useReveal(): void {
  const app = useApp();
  const flow = useReactFlow();
  const store = useStoreApi();
  const wish = useStore(useSides().reveal);
  useEffect(() => {
    const box = app.state.canvas.boxes.find(({ id }) => id === wish?.id);
    const place = wish && app.state.places.get(wish.id);
    if (box === undefined || place === undefined) return;
    const viewport = flow.getViewport();
    const rect = rectOf(box, place);
    if (overlaps(rect, seen(viewport, store.getState()))) return;
    const zoom = Math.max(viewport.zoom, READABLE);
    void flow.setCenter(rect.x + rect.width / 2, rect.y + rect.height / 2, { zoom, duration: 250 });
  }, [wish]);
}
