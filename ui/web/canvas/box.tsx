import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import type { Box, Handle as BoxHandle } from "../../graph/canvas.ts";
import { useAppState } from "../state/use_app.ts";

/** What a node of the canvas carries. */
export interface BoxData extends Record<string, unknown> {
  readonly box: Box;
}

/** One box. */
export const BoxNode = memo(function BoxNode({ data: { box }, selected }: NodeProps<Node<BoxData>>) {
  const state = useAppState(({ status }) => status.get(box.id)?.state);
  const standing = useAppState(({ run }) => run?.steps.get(box.id)?.standing);
  const names = [
    "box",
    box.kind,
    `type-${box.type}`,
    selected && "selected",
    box.optional && "optional",
    box.disabled && "disabled",
    standing && `run-${standing}`,
  ];
  return (
    <div className={names.filter(Boolean).join(" ")}>
      <div className="head">
        {box.kind === "step" && <span className={`mark ${(state ?? "").replace(" ", "-")}`} title={state} />}
        <span className="label" title={box.label}>{box.label}</span>
        {box.type !== "" && box.type !== "task" && <span className="badge">{box.type}</span>}
        {box.disabled && <span className="badge">disabled</span>}
      </div>
      <div className="detail" title={box.detail}>{box.detail}</div>
      {box.summary && <div className="summary" title={box.summary}>{box.summary}</div>}
      <div className="handles">
        <div>
          {box.handles.filter(({ side }) => side === "left").map((handle) => <Row key={handle.id} handle={handle} />)}
        </div>
        <div>
          {box.handles.filter(({ side }) => side === "right").map((handle) => <Row key={handle.id} handle={handle} />)}
        </div>
      </div>
    </div>
  );
});

function Row({ handle: { id, name, side, text } }: { readonly handle: BoxHandle }) {
  const isLeft = side === "left";
  return (
    <div className={`row ${side}`}>
      <Handle id={id} type={isLeft ? "target" : "source"} position={isLeft ? Position.Left : Position.Right} />
      <span className="name">{name}</span>
      {text !== undefined && <span className="text" title={text}>{text}</span>}
    </div>
  );
}
