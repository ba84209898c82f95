/**
 * Whether a person has a hand at the pointer, or goes from place to place by keys.
 *
 * @module
 */

import { useEffect } from "react";
import { type CanvasState, useCanvasState } from "./canvas_state.ts";

const POINTER = ["pointermove", "pointerdown"] as const;
const GOING: ReadonlySet<string> = new Set(["Tab", "Escape", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]);

/** Keeps `isByKeys` of the canvas after strokes of the pointer. */
export function useHand(): void {
  const state = useCanvasState();
  useEffect(() => {
    let [x, y] = [-1, -1];
    const onPointer = ({ type, clientX, clientY }: PointerEvent) => {
      // A pointer that rests is heard too, when the page moves below it.
      if (type === "pointerdown" || clientX !== x || clientY !== y) state.isByKeys = false;
      [x, y] = [clientX, clientY];
    };
    for (const type of POINTER) addEventListener(type, onPointer, true);
    return () => POINTER.forEach((type) => removeEventListener(type, onPointer, true));
  }, [state]);
}

/** Whether this key opens what Tab opens at the pointer. Other keys that lead from place to place are remembered. */
export function opensAtPointer({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent, state: CanvasState): boolean {
  const isTab = key === "Tab" && !shiftKey && !ctrlKey && !metaKey;
  if (isTab && state.pointer !== undefined && !state.isByKeys) return true;
  if (GOING.has(key)) state.isByKeys = true;
  return false;
}
