import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { type PanelName, sizeOf, SIZES } from "../state/settings.ts";
import { useSettings } from "../state/use_sides.ts";
import "./kit.css";

/** Which way a panel grows. */
const GROWS: Readonly<Record<PanelName, { readonly axis: "clientX" | "clientY"; readonly sign: 1 | -1 }>> = {
  left: { axis: "clientX", sign: 1 },
  right: { axis: "clientX", sign: -1 },
  bottom: { axis: "clientY", sign: -1 },
};

const STEP = 16;

/** The edge of a panel: drawn by the pointer, moved by arrows, folded by Enter. */
export function Splitter({ panel, label }: { readonly panel: PanelName; readonly label: string }) {
  const [settings, store] = useSettings();
  const size = sizeOf(settings, panel);
  const { axis, sign } = GROWS[panel];
  const begin = useRef<{ readonly at: number; readonly size: number }>(undefined);
  const [least, most] = SIZES[panel];
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    begin.current = { at: event[axis], size };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (begin.current === undefined) return;
    store.resize(panel, begin.current.size + sign * (event[axis] - begin.current.at));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -STEP, ArrowUp: -STEP, ArrowRight: STEP, ArrowDown: STEP }[event.key];
    if (event.key === "Enter") store.fold(panel, true);
    else if (event.key === "Home") store.resize(panel, least);
    else if (event.key === "End") store.resize(panel, most);
    else if (by !== undefined) store.resize(panel, size + sign * by);
    else return;
    event.preventDefault();
  };
  return (
    <div
      className={`splitter ${panel}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={axis === "clientX" ? "vertical" : "horizontal"}
      aria-valuenow={size}
      aria-valuemin={least}
      aria-valuemax={most}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => begin.current = undefined}
      onDoubleClick={() => store.fold(panel, true)}
      onKeyDown={onKeyDown}
    />
  );
}
