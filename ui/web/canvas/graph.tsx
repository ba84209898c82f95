import "./canvas.css";
import { ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { useRef, useState } from "react";
import { useApp } from "../state/use_app.ts";
import { Actions } from "./actions.ts";
import { ArgumentBox } from "./argument_box.tsx";
import { AskBox } from "./ask_box.tsx";
import { CanvasContext, CanvasState, useCanvasState, useHeld } from "./canvas_state.ts";
import { ConnectBox } from "./connect_box.tsx";
import { ContextMenu } from "./context_menu.tsx";
import { Flow } from "./flow.tsx";
import { Hotbox } from "./hotbox.tsx";
import { useCanvasKeys } from "./keys.ts";
import { useReveal } from "./reveal.ts";

/** The canvas, and what opens above it. */
export function Graph() {
  const [state] = useState(() => new CanvasState());
  return (
    <ReactFlowProvider>
      <CanvasContext.Provider value={state}>
        <Whole />
      </CanvasContext.Provider>
    </ReactFlowProvider>
  );
}

function Whole() {
  const app = useApp();
  const state = useCanvasState();
  const flow = useReactFlow();
  const place = useRef<HTMLDivElement>(null);
  const [actions] = useState(() => new Actions(app, state, flow));
  useCanvasKeys(place, actions);
  useReveal();
  return (
    <div
      className="graph"
      ref={place}
      tabIndex={-1}
      onPointerMove={({ clientX, clientY }) => {
        state.pointer = { x: clientX, y: clientY };
      }}
      onPointerDownCapture={() => state.hush()}
      onPointerLeave={() => {
        state.pointer = undefined;
      }}
      onFocus={({ target }) => {
        const id = target.classList.contains("react-flow__node") ? target.getAttribute("data-id") : null;
        if (id !== null && target.matches(":focus-visible")) app.select(id);
      }}
    >
      <Flow actions={actions} />
      <Above actions={actions} />
      <Note />
    </div>
  );
}

function Above({ actions }: { readonly actions: Actions }) {
  const popup = useHeld(useCanvasState().popup);
  switch (popup?.kind) {
    case "hotbox":
      return <Hotbox at={popup.at} />;
    case "connect":
      return <ConnectBox key={popup.box} {...popup} />;
    case "argument":
      return <ArgumentBox key={popup.box} {...popup} />;
    case "menu":
      return <ContextMenu key={`${popup.at.x},${popup.at.y}`} {...popup} actions={actions} />;
    case "ask":
      return <AskBox key={popup.title} {...popup} />;
    case undefined:
      return null;
  }
}

/** Words near the pointer, such as why a line cannot be. */
function Note() {
  const note = useHeld(useCanvasState().note);
  return (
    <div className="pointer-note-place" role="status">
      {note !== undefined && (
        <div className="pointer-note" style={{ left: Math.min(note.at.x + 14, innerWidth - 300), top: note.at.y + 14 }}>
          {note.text}
        </div>
      )}
    </div>
  );
}
