import type { Box } from "../../graph/canvas.ts";
import { Socket } from "./socket.tsx";

/** A parameter: its name, what kind of value it has, and the value. */
export function ParameterBody({ box }: { readonly box: Box }) {
  return (
    <>
      <div className="head">
        <span className="label" title={box.label}>{box.label}</span>
        {box.copyOf !== undefined && <span className="badge">ref</span>}
        <span className="badge">{box.type}</span>
      </div>
      <div className="detail value" title={box.detail}>{box.detail === "" ? <em>empty</em> : box.detail}</div>
      <Socket box={box.id} handle={box.handles[0]} />
    </>
  );
}
