import type { Line } from "../../graph/canvas.ts";
import { connect } from "../../graph/connect.ts";
import type { Point } from "../../graph/sizes.ts";
import { useApp, useAppState } from "../state/use_app.ts";
import { useCanvasState } from "./canvas_state.ts";
import { Chooser } from "./chooser.tsx";
import { focusCanvas } from "./focus.ts";

/** Where a line begins. */
export type LineStart = Pick<Line, "source" | "sourceHandle">;

/** Asks which argument a line is meant for that was led to the handle of many. */
export function ArgumentBox(
  { at, box: id, from: { source, sourceHandle } }: {
    readonly at: Point;
    readonly box: string;
    readonly from: LineStart;
  },
) {
  const app = useApp();
  const state = useCanvasState();
  const canvas = useAppState(({ canvas }) => canvas);
  const box = canvas.boxes.find((box) => box.id === id);
  const close = () => (state.popup.set(undefined), focusCanvas());
  if (box === undefined) return null;
  return (
    <Chooser
      at={at}
      label={`Which argument of ${box.label}?`}
      placeholder={`Argument of ${box.label}`}
      choices={(box.more ?? []).map(({ id, name, type }) => ({ id, label: name, note: type }))}
      onClose={close}
      onChoose={({ id: targetHandle }) => {
        void app.act(connect(app.state.canvas, { source, sourceHandle, target: id, targetHandle }));
        close();
      }}
    />
  );
}
