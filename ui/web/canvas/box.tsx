import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { nameOf } from "../../graph/boxes.ts";
import type { Box, Handle as BoxHandle } from "../../graph/canvas.ts";
import { sideOf } from "../../graph/sizes.ts";
import { Icon, iconOfType } from "../kit/icons.tsx";
import { openBox } from "../state/open_data.ts";
import { useApp } from "../state/use_app.ts";
import { useSides } from "../state/use_sides.ts";
import "./boxes.css";
import { DataBody } from "./data_body.tsx";
import { ParameterBody } from "./parameter_body.tsx";
import type { BoxNodeType } from "./scene.ts";
import { classOf, Socket } from "./socket.tsx";
import { StepState } from "./step_state.tsx";
import { useLook } from "./use_look.ts";

/** One box. */
export const BoxNode = memo(function BoxNode({ data: { box, color }, selected }: NodeProps<BoxNodeType>) {
  const app = useApp();
  const { data } = useSides();
  const look = useLook(box);
  const names = [
    "box",
    box.kind,
    `type-${box.type}`,
    selected && "selected",
    box.optional && "optional",
    box.disabled && "disabled",
    look.isUntaken && "untaken",
    look.isCritical && "critical",
    look.step && `run-${look.step.standing}`,
    color !== undefined && `group-color-${color}`,
  ];
  return (
    <div
      className={names.filter(Boolean).join(" ")}
      title={box.hint}
      onDoubleClick={box.kind === "data" ? () => void openBox(app, data, nameOf(box)) : undefined}
    >
      {box.kind === "step"
        ? <StepBody box={box} look={look} />
        : box.kind === "data"
        ? <DataBody box={box} />
        : <ParameterBody box={box} />}
    </div>
  );
});

function StepBody({ box, look }: { readonly box: Box; readonly look: ReturnType<typeof useLook> }) {
  return (
    <>
      <div className="head">
        <StepState look={look} />
        <span className="label" title={box.label}>{box.label}</span>
        {look.answer !== undefined && <span className="badge answer">{look.answer}</span>}
        {look.unanswered !== undefined && <span className="badge answer" title={look.unanswered}>?</span>}
        {box.type !== "task" && <span className="badge">{box.type}</span>}
        {box.optional && <span className="badge">optional</span>}
        {box.disabled && <span className="badge">disabled</span>}
      </div>
      <div className="detail" title={box.detail}>{box.detail}</div>
      {box.summary && <div className="detail summary" title={box.summary}>{box.summary}</div>}
      <div className="handles">
        <div>{sideOf(box, "left").map((handle) => <Row key={handle.id} box={box.id} handle={handle} />)}</div>
        <div>{sideOf(box, "right").map((handle) => <Row key={handle.id} box={box.id} handle={handle} />)}</div>
      </div>
    </>
  );
}

function Row({ box, handle }: { readonly box: string; readonly handle: BoxHandle }) {
  const { name, side, text, reference, type, isOffered } = handle;
  const isArg = handle.id.startsWith("arg:");
  const words = text === undefined || text === "" ? undefined : text;
  const title = [name, type && `(${type})`, words ?? reference].filter(Boolean).join(" ");
  return (
    <div className={`row ${side} ${isOffered ? "offered" : ""} ${isArg ? "arg" : ""}`} title={title}>
      <Socket box={box} handle={handle} />
      {type && !isArg && (
        <span className={`kind type-of-${classOf(type)}`}>
          <Icon name={iconOfType(type)} />
        </span>
      )}
      <span className="name">{name}</span>
      {words !== undefined && <span className="text">{words}</span>}
    </div>
  );
}
