/**
 * Drawing lines by hand: what fits lights up, what does not is said near the pointer, and a line that is dropped where
 * nothing is goes.
 *
 * @module
 */

import type { Connection, Edge, FinalConnectionState, OnConnectStartParams } from "@xyflow/react";
import { useMemo, useRef } from "react";
import type { Canvas } from "../../graph/canvas.ts";
import { connect, type Ends, fitting, reconnect, whyNot } from "../../graph/connect.ts";
import { argsFor, MORE } from "../../graph/more_args.ts";
import type { Actions } from "./actions.ts";
import { useCanvasState } from "./canvas_state.ts";
import type { LineEdgeType } from "./scene.ts";

/** What React Flow tells of lines that are drawn. */
export function useDrawing(canvas: Canvas, actions: Actions) {
  const state = useCanvasState();
  const taken = useRef<string>(undefined);
  return useMemo(() => {
    /** The line that is led elsewhere does not stand in its own way. */
    const around = () =>
      taken.current === undefined
        ? canvas
        : { ...canvas, lines: canvas.lines.filter(({ id }) => id !== taken.current) };
    const end = (_: MouseEvent | TouchEvent, { fromHandle, toHandle, isValid }: FinalConnectionState) => {
      state.fits.set(undefined);
      if (fromHandle === null || toHandle === null || isValid) return;
      const [from, to] = fromHandle.type === "source" ? [fromHandle, toHandle] : [toHandle, fromHandle];
      const reason = whyNot(around(), {
        source: from.nodeId,
        sourceHandle: from.id ?? "",
        target: to.nodeId,
        targetHandle: to.id ?? "",
      });
      if (reason !== undefined && fromHandle.nodeId !== toHandle.nodeId) state.say(reason);
    };
    return {
      isValidConnection: (ends: Connection | Edge) => {
        const reason = whyNot(around(), endsOf(ends));
        if (reason !== undefined && ends.source !== ends.target) state.say(reason);
        return reason === undefined;
      },
      onConnectStart: (_: unknown, { nodeId, handleId }: OnConnectStartParams) => {
        state.hush();
        if (nodeId !== null && handleId !== null) state.fits.set(fitting(around(), nodeId, handleId));
      },
      onConnect: (connection: Connection) => {
        const ends = endsOf(connection);
        if (!asksWhich(canvas, ends)) return void actions.act(connect(canvas, ends));
        state.popup.set({ kind: "argument", at: state.pointer ?? { x: 0, y: 0 }, box: ends.target, from: ends });
      },
      onConnectEnd: end,
      onReconnectStart: (_: unknown, edge: LineEdgeType) => {
        taken.current = edge.id;
      },
      onReconnect: ({ id }: LineEdgeType, ends: Connection) => {
        const line = canvas.lines.find((line) => line.id === id);
        if (line !== undefined) void actions.act(reconnect(canvas, line, endsOf(ends)));
      },
      onReconnectEnd: (
        event: MouseEvent | TouchEvent,
        { id }: LineEdgeType,
        _: unknown,
        result: FinalConnectionState,
      ) => {
        end(event, result);
        taken.current = undefined;
        const line = canvas.lines.find((line) => line.id === id);
        if (result.toHandle === null && line !== undefined) void actions.cut([line]);
      },
    };
  }, [canvas, actions, state]);
}

/** Whether the line leads to the handle of many arguments, and may mean any of them. */
function asksWhich({ boxes }: Canvas, { source, target, targetHandle }: Ends): boolean {
  const [from, to] = [boxes.find(({ id }) => id === source), boxes.find(({ id }) => id === target)];
  return targetHandle === MORE && from !== undefined && to !== undefined && argsFor(to, from).length > 1;
}

function endsOf({ source, sourceHandle, target, targetHandle }: Connection | Edge): Ends {
  return { source, sourceHandle: sourceHandle ?? "", target, targetHandle: targetHandle ?? "" };
}
