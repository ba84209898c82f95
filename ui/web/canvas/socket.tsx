import { Handle, Position } from "@xyflow/react";
import type { Handle as BoxHandle } from "../../graph/canvas.ts";
import { useCanvasState, useHeld } from "./canvas_state.ts";

/** Where lines begin and end. While one is drawn, those that fit light up. */
export function Socket({ box, handle }: { readonly box: string; readonly handle: BoxHandle }) {
  const { id, side, type, reference, name } = handle;
  const state = useCanvasState();
  const fit = useHeld(state.fits, (fits) => fits && (fits.has(`${box}|${id}`) ? "fits" : "unfit"));
  const isLeft = side === "left";
  const names = ["socket", `type-of-${classOf(type)}`, reference && "linked", fit, id.startsWith("arg:") && "square"];
  return (
    <Handle
      id={id}
      type={isLeft ? "target" : "source"}
      position={isLeft ? Position.Left : Position.Right}
      className={names.filter(Boolean).join(" ")}
      role="img"
      aria-label={`${isLeft ? "into" : "out of"} ${box} ${name}`}
    />
  );
}

const KNOWN: ReadonlySet<string> = new Set(["image", "video", "csv", "json", "txt", "image_directory", "data_folder"]);

/** Types of one's own look like those that are not known. */
export function classOf(type: string | undefined): string {
  return type === undefined || type === "" ? "none" : KNOWN.has(type) ? type : "other";
}
