import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { nameOf } from "../../graph/boxes.ts";
import type { Box, Handle as BoxHandle } from "../../graph/canvas.ts";
import { MORE } from "../../graph/more_args.ts";
import { sideOf } from "../../graph/sizes.ts";
import { shownText } from "../../graph/shown_text.ts";
import { Icon, iconOfType } from "../kit/icons.tsx";
import { openBox } from "../state/open_data.ts";
import { useApp } from "../state/use_app.ts";
import { useSides } from "../state/use_sides.ts";
import "./boxes.css";
import { useCanvasState } from "./canvas_state.ts";
import { DataBody } from "./data_body.tsx";
import { ParameterBody } from "./parameter_body.tsx";
import type { BoxNodeType } from "./scene.ts";
import { classOf, Socket } from "./socket.tsx";
import { StepState } from "./step_state.tsx";
import { useLook } from "./use_look.ts";

const LONGEST = "On the longest way through the last run: what is quicker here makes all of it quicker";

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
      {look.isCritical && <span className="longest" title={LONGEST} role="img" aria-label={LONGEST} />}
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
        <span className="label" title={shownText(box.label)}>{shownText(box.label)}</span>
        {look.answer !== undefined && <span className="badge answer">{look.answer}</span>}
        {look.unanswered !== undefined && <span className="badge answer" title={look.unanswered}>?</span>}
        {box.type !== "task" && <span className="badge">{box.type}</span>}
        {box.optional && <span className="badge">optional</span>}
        {box.disabled && <span className="badge">disabled</span>}
      </div>
      <div className="detail" title={shownText(box.detail)}>{shownText(box.detail)}</div>
      {box.summary && <div className="detail summary" title={shownText(box.summary)}>{shownText(box.summary)}</div>}
      <div className="handles">
        <div>
          {sideOf(box, "left").map((handle) =>
            handle.id === MORE
              ? <MoreRow key={MORE} box={box} handle={handle} />
              : <Row key={handle.id} box={box.id} handle={handle} />
          )}
        </div>
        <div>{sideOf(box, "right").map((handle) => <Row key={handle.id} box={box.id} handle={handle} />)}</div>
      </div>
    </>
  );
}

/** Arguments that the file does not have: a line is led to one of them here. */
function MoreRow({ box, handle }: { readonly box: Box; readonly handle: BoxHandle }) {
  const { popup } = useCanvasState();
  const names = box.more?.map(({ name }) => name).join(", ");
  return (
    <div className="row left offered arg">
      <Socket box={box.id} handle={handle} />
      <button
        type="button"
        className="name nodrag"
        tabIndex={-1}
        title={`${names}: lead a line here to give one of them, or press to choose`}
        onClick={({ clientX: x, clientY: y }) =>
          popup.set({ kind: "connect", at: { x, y }, box: box.id, isMore: true })}
      >
        {handle.name}
      </button>
    </div>
  );
}

function Row({ box, handle }: { readonly box: string; readonly handle: BoxHandle }) {
  const { name, side, text, reference, type, isOffered } = handle;
  const isArg = handle.id.startsWith("arg:");
  const words = text === undefined || text === "" ? undefined : text;
  const title = [name, type && `(${type})`, words ?? reference].filter(Boolean).join(" ");
  return (
    <div className={`row ${side} ${isOffered ? "offered" : ""} ${isArg ? "arg" : ""}`} title={shownText(title)}>
      <Socket box={box} handle={handle} />
      {type && !isArg && (
        <span className={`kind type-of-${classOf(type)}`}>
          <Icon name={iconOfType(type)} />
        </span>
      )}
      <span className="name">{shownText(name)}</span>
      {words !== undefined && <span className="text">{shownText(words)}</span>}
    </div>
  );
}
