import { useReactFlow, useStore } from "@xyflow/react";
import { type PointerEvent, useEffect, useMemo, useRef } from "react";
import type { Box } from "../../graph/canvas.ts";
import { around, type Rect } from "../../graph/sizes.ts";
import type { Spatial } from "../../graph/spatial.ts";
import { useStateColor } from "./colors.ts";
import { useSettings } from "../state/use_sides.ts";
import { seen } from "./view.ts";

const SIZE = { width: 176, height: 116 };

/** On a canvas that is smaller than this the map would cover what is worked on. */
const ROOM = { width: 480, height: 340 };

/** Whether the person wants the map, and there is room for it. */
export function useMapShown(): boolean {
  const [{ showMap }] = useSettings();
  return useHasRoom() && showMap;
}

function useHasRoom(): boolean {
  return useStore(({ width, height }) => width >= ROOM.width && height >= ROOM.height);
}

/** Shows the map, or hides it. */
export function MapButton() {
  const [{ showMap }, settings] = useSettings();
  const hasRoom = useHasRoom();
  return (
    <button
      type="button"
      className="react-flow__controls-button"
      title={hasRoom ? "Map on or off" : "There is no room for the map: make the canvas larger"}
      aria-label="Map of the whole graph"
      aria-pressed={hasRoom && showMap}
      disabled={!hasRoom}
      onClick={() => settings.change({ showMap: !showMap })}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M2 3h12v10H2zM8.5 8.5h4v3h-4z" fill="none" stroke="currentColor" strokeWidth="1.8" />
      </svg>
    </button>
  );
}

/** Everything in small, coloured by state, with the part that is in view; a press leads there. */
export function MiniMap({ boxes, spatial }: { readonly boxes: ReadonlyMap<string, Box>; readonly spatial: Spatial }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { colors, stateOf } = useStateColor();
  const flow = useReactFlow();
  const [x, y, zoom] = useStore(({ transform }) => transform);
  const width = useStore(({ width }) => width);
  const height = useStore(({ height }) => height);
  const frame = useMemo(() => frameOf(spatial.bounds), [spatial]);
  useEffect(() => {
    const ratio = devicePixelRatio;
    const context = canvas.current!.getContext("2d")!;
    canvas.current!.width = SIZE.width * ratio;
    canvas.current!.height = SIZE.height * ratio;
    context.scale(ratio * frame.scale, ratio * frame.scale);
    context.translate(-frame.x, -frame.y);
    for (const [id, { x, y, width, height }] of spatial.rects) {
      const box = boxes.get(id);
      if (box === undefined) continue;
      context.fillStyle = stateOf(box) ?? (box.kind === "step" ? colors.edge : colors.border);
      context.fillRect(x, y, Math.max(width, 1.5 / frame.scale), Math.max(height, 1.5 / frame.scale));
    }
  }, [boxes, spatial, colors, stateOf, frame]);
  const view = seen({ x, y, zoom }, { width, height });
  const lead = (event: PointerEvent<HTMLElement>) => {
    if (event.buttons !== 1) return;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const point = {
      x: (event.clientX - left) / frame.scale + frame.x,
      y: (event.clientY - top) / frame.scale + frame.y,
    };
    void flow.setCenter(point.x, point.y, { zoom });
  };
  return (
    <div
      className="mini-map"
      role="img"
      aria-label="Map of the whole graph"
      onPointerDown={(event) => (event.currentTarget.setPointerCapture(event.pointerId), lead(event))}
      onPointerMove={lead}
    >
      <canvas ref={canvas} style={SIZE} />
      <div
        className="view"
        style={{
          transform: `translate(${(view.x - frame.x) * frame.scale}px, ${(view.y - frame.y) * frame.scale}px)`,
          width: view.width * frame.scale,
          height: view.height * frame.scale,
        }}
      />
    </div>
  );
}

function frameOf(bounds: Rect | undefined) {
  const { x, y, width, height } = bounds ?? around([{ x: 0, y: 0, width: 100, height: 100 }])!;
  const scale = Math.min(SIZE.width / (width * 1.1), SIZE.height / (height * 1.1));
  return {
    scale,
    x: x + width / 2 - SIZE.width / scale / 2,
    y: y + height / 2 - SIZE.height / scale / 2,
  };
}
