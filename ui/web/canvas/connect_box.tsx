import { useState } from "react";
import type { Box, Canvas, Handle } from "../../graph/canvas.ts";
import { connect, fitting } from "../../graph/connect.ts";
import { MORE } from "../../graph/more_args.ts";
import type { Point } from "../../graph/sizes.ts";
import { useApp, useAppState } from "../state/use_app.ts";
import { useCanvasState } from "./canvas_state.ts";
import { type Choice, Chooser } from "./chooser.tsx";
import { focusCanvas } from "./focus.ts";

interface End extends Choice {
  readonly box: Box;
  readonly handle: Handle;
}

/** Draws a line without a pointer: first one's own handle, then one of those that fit it. */
export function ConnectBox(
  { at, box: id, isMore }: { readonly at: Point; readonly box: string; readonly isMore?: boolean },
) {
  const app = useApp();
  const state = useCanvasState();
  const canvas = useAppState(({ canvas }) => canvas);
  const [own, setOwn] = useState<End>();
  const close = () => (state.popup.set(undefined), state.fits.set(undefined), focusCanvas());
  const box = canvas.boxes.find((box) => box.id === id);
  if (box === undefined) return null;
  if (own === undefined) {
    return (
      <Chooser
        key="own"
        at={at}
        label={`Connect ${box.label}: which handle?`}
        placeholder={`Handle of ${box.label}`}
        choices={(isMore ? box.more ?? [] : eachHandle(box)).map((handle) => endOf(box, handle))}
        onClose={close}
        onChoose={(end) => (setOwn(end), state.fits.set(fitting(canvas, id, end.handle.id)))}
      />
    );
  }
  return (
    <Chooser
      key="other"
      at={at}
      label={`Connect ${box.label}: with what?`}
      placeholder={`${own.label} with …`}
      choices={others(canvas, own)}
      onClose={close}
      onChoose={(other) => {
        const [from, to] = own.handle.side === "right" ? [own, other] : [other, own];
        void app.act(connect(canvas, {
          source: from.box.id,
          sourceHandle: from.handle.id,
          target: to.box.id,
          targetHandle: to.handle.id,
        }));
        close();
      }}
    />
  );
}

/** Those that share one, each for itself. */
function eachHandle({ handles, more = [] }: Box): readonly Handle[] {
  return [...handles.filter(({ id }) => id !== MORE), ...more];
}

function endOf(box: Box, handle: Handle): End {
  const side = handle.side === "left" ? "in" : "out";
  return {
    id: `${box.id}|${handle.id}`,
    label: handle.name === "" ? side : handle.name,
    note: handle.name === "" ? handle.type : side,
    box,
    handle,
  };
}

function others(canvas: Canvas, { box, handle }: End): readonly End[] {
  const fits = fitting(canvas, box.id, handle.id);
  return canvas.boxes.flatMap((other) =>
    eachHandle(other).filter(({ id }) => fits.has(`${other.id}|${id}`)).map((end): End => ({
      ...endOf(other, end),
      label: end.name === "" ? other.label : `${other.label} ${end.name}`,
      note: other.kind,
    }))
  );
}
