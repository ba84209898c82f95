import {
  Background,
  type Connection,
  Controls,
  type Edge,
  MiniMap,
  type Node,
  ReactFlow,
  useEdgesState,
  useNodesState,
} from "@xyflow/react";
import { useEffect } from "react";
import { moveBoxes, removeBoxes } from "../../graph/boxes.ts";
import { BOX_WIDTH, boxHeight, type Canvas, type Line } from "../../graph/canvas.ts";
import { connect, disconnect, type Ends, reconnect } from "../../graph/connect.ts";
import { useApp, useAppState } from "../state/use_app.ts";
import { type BoxData, BoxNode } from "./box.tsx";

const NODE_TYPES = { box: BoxNode };

/** The canvas: boxes that can be moved, lines that can be drawn. */
export function Graph() {
  const app = useApp();
  const canvas = useAppState(({ canvas }) => canvas);
  const places = useAppState(({ places }) => places);
  const selected = useAppState(({ selected }) => selected);
  const [nodes, setNodes, onNodesChange] = useNodesState<Node<BoxData>>([]);
  const [edges, setEdges, onEdgesChange] = useEdgesState<Edge>([]);
  useEffect(() => {
    setNodes(canvas.boxes.map((box) => ({
      id: box.id,
      type: "box",
      position: places.get(box.id) ?? { x: 0, y: 0 },
      data: { box },
      selected: box.id === selected,
      width: BOX_WIDTH[box.kind],
      height: boxHeight(box),
      ariaLabel: `${box.kind} ${box.label}`,
    })));
  }, [canvas, places, selected]);
  useEffect(() => {
    setEdges(canvas.lines.map(({ id, source, target, sourceHandle, targetHandle, feedback }) => ({
      id,
      source,
      target,
      sourceHandle,
      targetHandle,
      className: feedback ? "feedback" : undefined,
      type: feedback ? "smoothstep" : "default",
    })));
  }, [canvas]);
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      onNodeClick={(_, { id }) => app.select(id)}
      onPaneClick={() => app.select(undefined)}
      onConnect={(ends) => void app.act(connect(canvas, endsOf(ends)))}
      onReconnect={({ id }, ends) => void app.act(reconnect(canvas, lineOf(canvas, id), endsOf(ends)))}
      onEdgesDelete={(gone) => void gone.forEach(({ id }) => void app.act(disconnect(canvas, lineOf(canvas, id))))}
      onNodesDelete={(gone) => void app.act(removeBoxes(canvas, new Set(gone.map(({ id }) => id))))}
      onNodeDragStop={(_, __, moved) =>
        void app.act(moveBoxes(new Map(moved.map(({ id, position }) => [id, position]))))}
      deleteKeyCode={["Delete", "Backspace"]}
      edgesReconnectable
      minZoom={0.05}
      fitView
      key={places.size > 0 ? "placed" : "waiting"}
      onlyRenderVisibleElements
      colorMode="system"
      panOnScroll
    >
      <Background />
      <MiniMap pannable zoomable />
      <Controls />
    </ReactFlow>
  );
}

function endsOf({ source, sourceHandle, target, targetHandle }: Connection): Ends {
  return { source, sourceHandle: sourceHandle ?? "", target, targetHandle: targetHandle ?? "" };
}

function lineOf({ lines }: Canvas, id: string): Line {
  return lines.find((line) => line.id === id)!;
}
