import { useReactFlow, useStore, useStoreApi, ViewportPortal } from "@xyflow/react";
import { type PointerEvent, useRef } from "react";
import type { PlacedGroup } from "../../graph/groups.ts";
import type { Canvas } from "../../graph/canvas.ts";
import { moveBoxes } from "../../graph/boxes.ts";
import type { Point } from "../../graph/sizes.ts";
import { shownText } from "../../graph/shown_text.ts";
import { useApp, useAppState } from "../state/use_app.ts";
import { useCanvasState } from "./canvas_state.ts";
import { durationText } from "../../graph/duration_text.ts";
import { FAR_ZOOM, show } from "./view.ts";

/** Coloured boxes behind the members of groups; seen from afar, in front of them. */
export function GroupLayer({ groups }: { readonly groups: readonly PlacedGroup[] }) {
  const isFar = useStore(({ transform: [, , zoom] }) => zoom < FAR_ZOOM);
  const zoom = useStore(({ transform: [, , zoom] }) => zoom);
  if (groups.length === 0) return null;
  return (
    <ViewportPortal>
      <div className={`group-layer ${isFar ? "far" : ""}`} style={{ "--unzoom": 1 / zoom } as object}>
        {groups.map((placed) => <GroupBox key={placed.group.name} placed={placed} isFar={isFar} />)}
      </div>
    </ViewportPortal>
  );
}

function GroupBox({ placed, isFar }: { readonly placed: PlacedGroup; readonly isFar: boolean }) {
  const { group, rect, color } = placed;
  const app = useApp();
  const state = useCanvasState();
  const flow = useReactFlow();
  const store = useStoreApi();
  const drag = useGroupDrag(placed);
  const step = useAppState(({ run }) => group.isRepeated ? run?.steps.get(group.name) : undefined);
  const isSelected = useAppState(({ selection }) => group.members.every((id) => selection.has(id)));
  const select = () => app.selectAll(isFar ? withNeighbours(group.members, app.state.canvas) : group.members);
  const zoomIn = () => {
    const { width, height } = store.getState();
    show(flow, rect, { size: { width, height }, duration: 300 });
  };
  const openMenu = (at: Point) => {
    app.selectAll(group.members);
    state.popup.set({ kind: "menu", at, group: group.name });
  };
  return (
    <div
      className={`group-box group-color-${color} ${group.isRepeated ? "repeated" : ""} ${isSelected ? "selected" : ""}`}
      style={{ transform: `translate(${rect.x}px, ${rect.y}px)`, width: rect.width, height: rect.height }}
      onClick={isFar ? select : undefined}
      onDoubleClick={isFar ? zoomIn : undefined}
      onContextMenu={(event) => (event.preventDefault(), event.stopPropagation(), openMenu(pointOf(event)))}
    >
      <button
        type="button"
        className="group-label"
        aria-label={`group ${group.name}`}
        title={shownText([group.name, group.summary].filter(Boolean).join(" "))}
        onClick={(event) => (event.stopPropagation(), drag.wasMoved() || select())}
        onDoubleClick={(event) => (event.stopPropagation(), zoomIn())}
        {...drag.handlers}
      >
        {shownText(group.name)}
        {group.summary !== undefined && <span className="badge">{group.summary}</span>}
        {step?.durationMs !== undefined && <span className="badge">{durationText(step.durationMs)}</span>}
      </button>
    </div>
  );
}

/** A group is moved by its label, with everything that stands in it. */
function useGroupDrag({ group, inside }: PlacedGroup) {
  const app = useApp();
  const { live } = useCanvasState();
  const flow = useReactFlow();
  const start = useRef<{ readonly at: Point; readonly places: ReadonlyMap<string, Point> }>(undefined);
  const moved = useRef(false);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    const { places } = app.state;
    const own = inside.flatMap((id) => places.has(id) ? [[id, places.get(id)!] as const] : []);
    start.current = { at: flow.screenToFlowPosition(pointOf(event)), places: new Map(own) };
    moved.current = false;
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (start.current === undefined) return;
    const at = flow.screenToFlowPosition(pointOf(event));
    const [x, y] = [at.x - start.current.at.x, at.y - start.current.at.y];
    if (!moved.current && Math.hypot(x, y) * flow.getZoom() < 3) return;
    moved.current = true;
    live.set(new Map(Array.from(start.current.places, ([id, place]) => [id, { x: place.x + x, y: place.y + y }])));
  };
  const onPointerUp = () => {
    const isMoved = start.current !== undefined && moved.current;
    start.current = undefined;
    if (isMoved) {
      void app.act({ ...moveBoxes(live.get()), label: `move ${group.name}` }).then(() => live.set(new Map()));
    }
  };
  return { wasMoved: () => moved.current, handlers: { onPointerDown, onPointerMove, onPointerUp } };
}

function withNeighbours(members: readonly string[], { lines }: Canvas): ReadonlySet<string> {
  const own = new Set(members);
  const ends = lines.flatMap(({ source, target }) => own.has(source) || own.has(target) ? [source, target] : []);
  return new Set([...ends, ...members]);
}

/** Where on the screen something happened. */
export function pointOf({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Point {
  return { x: clientX, y: clientY };
}
