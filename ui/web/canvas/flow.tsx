import {
  Controls,
  type EdgeChange,
  type NodeChange,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  useStoreApi,
} from "@xyflow/react";
import { type PointerEvent, useCallback, useEffect, useMemo, useRef } from "react";
import type { PlacedGroup } from "../../graph/groups.ts";
import { around, type Rect } from "../../graph/sizes.ts";
import type { Spatial } from "../../graph/spatial.ts";
import { useApp, useAppState } from "../state/use_app.ts";
import { useTheme } from "../state/theme.ts";
import type { Actions } from "./actions.ts";
import { BoxNode } from "./box.tsx";
import { useCanvasState } from "./canvas_state.ts";
import { FarLayer } from "./far_layer.tsx";
import { GroupLayer, pointOf } from "./group_layer.tsx";
import { LineEdge } from "./line.tsx";
import { MapButton, MiniMap, useMapShown } from "./mini_map.tsx";
import type { BoxNodeType, LineEdgeType } from "./scene.ts";
import { useDrawing } from "./use_drawing.ts";
import { useScene } from "./use_scene.ts";
import { show, showFirst, ZOOM } from "./view.ts";

const NODE_TYPES = { box: BoxNode };
const EDGE_TYPES = { line: LineEdge };
const KEYS = { add: ["Shift", "Meta", "Control"], pan: [1] };

/** Boxes that can be moved, lines that can be drawn. */
export function Flow({ actions }: { readonly actions: Actions }) {
  const app = useApp();
  const state = useCanvasState();
  const scene = useScene();
  const { spatial, isPainted } = scene;
  const path = useAppState(({ document }) => document?.path);
  const theme = useTheme();
  const drawing = useDrawing(scene.canvas, actions);
  const flow = useReactFlow<BoxNodeType, LineEdgeType>();
  const store = useStoreApi();
  const bounds = useMemo(() => wholeOf(spatial, scene.groups), [spatial, scene.groups]);
  const isMapShown = useMapShown();
  useFirstLook(path, bounds, spatial.rects.size);
  const onNodesChange = useCallback((changes: NodeChange<BoxNodeType>[]) => {
    moveAlong(changes, app.state, state.live);
    const chosen = changes.filter((change) => change.type === "select");
    if (chosen.length === 0) return;
    const next = new Set(app.state.selection);
    for (const { id, selected } of chosen) selected ? next.add(id) : next.delete(id);
    app.selectAll(next);
  }, [app, state]);
  const onEdgesChange = useCallback((changes: EdgeChange<LineEdgeType>[]) => {
    const next = new Set(state.lines.get());
    for (const change of changes) {
      if (change.type === "select") change.selected ? next.add(change.id) : next.delete(change.id);
    }
    state.lines.set(next);
  }, [state]);
  const hover = (event: PointerEvent) => {
    if (!isPainted || event.buttons !== 0) return;
    state.hovered.set(spatial.at(flow.screenToFlowPosition(pointOf(event))));
  };
  const selectPainted = () => {
    const { userSelectionRect, transform: [x, y, zoom] } = store.getState();
    if (!isPainted || userSelectionRect === null) return;
    const { x: left, y: top, width, height } = userSelectionRect;
    const rect = { x: (left - x) / zoom, y: (top - y) / zoom, width: width / zoom, height: height / zoom };
    app.selectAll(spatial.within(rect));
  };
  /** While it is panned the canvas is a layer of its own, which is only shifted. */
  const moving = (is: boolean) => store.getState().domNode?.classList.toggle("moving", is);
  const openMenu = (event: { clientX: number; clientY: number; preventDefault(): void }, line?: string) => {
    event.preventDefault();
    state.popup.set({ kind: "menu", at: pointOf(event), line });
  };
  return (
    <ReactFlow
      nodes={scene.nodes}
      edges={scene.edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      onNodeDragStop={() => void actions.drop()}
      onSelectionDragStop={() => void actions.drop()}
      onPaneClick={() => (app.selectAll([]), state.lines.set(new Set()), state.hush())}
      onPaneContextMenu={openMenu}
      onNodeContextMenu={(event, { id }) => {
        if (!app.state.selection.has(id)) app.select(id);
        openMenu(event);
      }}
      onSelectionContextMenu={(event) => openMenu(event)}
      onEdgeContextMenu={(event, { id }) => openMenu(event, id)}
      onSelectionEnd={selectPainted}
      onPointerMove={hover}
      onMoveStart={() => moving(true)}
      onMoveEnd={() => moving(false)}
      {...drawing}
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={KEYS.add}
      selectionOnDrag
      selectionMode={SelectionMode.Partial}
      panOnDrag={KEYS.pan}
      panOnScroll
      zoomOnDoubleClick={false}
      disableKeyboardA11y
      nodesFocusable
      edgesFocusable={false}
      edgesReconnectable
      reconnectRadius={14}
      connectionRadius={28}
      nodeDragThreshold={2}
      minZoom={ZOOM.least}
      maxZoom={ZOOM.most}
      colorMode={theme}
      zIndexMode="manual"
      proOptions={{ hideAttribution: true }}
    >
      {isPainted && <FarLayer key={path} boxes={scene.boxes} lines={scene.canvas.lines} spatial={spatial} />}
      <GroupLayer groups={scene.groups} />
      {isMapShown && <MiniMap boxes={scene.boxes} spatial={spatial} />}
      <Controls
        showInteractive={false}
        showFitView={false}
        orientation="horizontal"
        position="bottom-left"
        aria-label="Zoom"
      >
        <FitButton bounds={bounds} />
        <MapButton />
      </Controls>
    </ReactFlow>
  );
}

/** Boxes on their way; on a painted canvas all that are selected come along, elements or not. */
function moveAlong(
  changes: readonly NodeChange<BoxNodeType>[],
  { places, selection }: {
    readonly places: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
    readonly selection: ReadonlySet<string>;
  },
  live: ReturnType<typeof useCanvasState>["live"],
): void {
  const moved = changes.flatMap((change) =>
    change.type === "position" && change.position && change.dragging ? [[change.id, change.position] as const] : []
  );
  if (moved.length === 0) return;
  const next = new Map([...live.get(), ...moved]);
  const [id, at] = moved[0];
  const from = places.get(id);
  if (from !== undefined && selection.has(id) && moved.length < selection.size) {
    for (const other of selection) {
      const place = places.get(other);
      if (place !== undefined) next.set(other, { x: place.x + at.x - from.x, y: place.y + at.y - from.y });
    }
  }
  live.set(next);
}

/** Boxes with the frames of groups around them. */
function wholeOf({ bounds }: Spatial, groups: readonly PlacedGroup[]): Rect | undefined {
  return bounds && around([bounds, ...groups.map(({ rect }) => rect)]);
}

/** Everything is in view when a pipeline is opened; afterwards the person says what is. */
function useFirstLook(path: string | undefined, bounds: Rect | undefined, count: number): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  const looked = useRef<string>(undefined);
  useEffect(() => {
    const look = () => {
      const { width, height } = store.getState();
      if (looked.current === path || bounds === undefined || width === 0) return looked.current === path;
      looked.current = path;
      showFirst(flow, bounds, { size: { width, height }, count });
      return true;
    };
    if (look()) return;
    const end = store.subscribe(() => look() && end());
    return end;
  }, [path, bounds, count, flow, store]);
}

function FitButton({ bounds }: { readonly bounds: Rect | undefined }) {
  const flow = useReactFlow();
  const store = useStoreApi();
  const fit = () => {
    const { width, height } = store.getState();
    if (bounds !== undefined) show(flow, bounds, { size: { width, height }, duration: 200 });
  };
  return (
    <button
      type="button"
      className="react-flow__controls-button"
      title="Show everything"
      aria-label="Show everything"
      onClick={fit}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4" fill="none" stroke="currentColor" strokeWidth="2" />
      </svg>
    </button>
  );
}
