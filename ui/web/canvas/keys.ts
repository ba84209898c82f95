/**
 * Keys of the canvas; none of them while something is typed.
 *
 * @module
 */

import { useReactFlow, useStoreApi } from "@xyflow/react";
import { type RefObject, useEffect } from "react";
import { nextBox } from "../../graph/next_box.ts";
import { type Point, rectOf } from "../../graph/sizes.ts";
import { useApp } from "../state/use_app.ts";
import { useSides } from "../state/use_sides.ts";
import type { Actions } from "./actions.ts";
import { useCanvasState } from "./canvas_state.ts";
import { opensAtPointer, useHand } from "./hand.ts";
import { focusBox, focusCanvas } from "./focus.ts";
import { seen } from "./view.ts";

const STEP = 10;
const FAR_STEP = 50;

/** Ways of the arrow keys. */
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** These are about a box: the one that has the focus, if none is selected. */
const OF_A_BOX: ReadonlySet<string> = new Set([
  ...["Enter", "F2", "c", "Delete", "Backspace", "ContextMenu"],
  ...Object.keys(ARROWS),
]);

/** Hears keys while the canvas, or nothing, has the focus. */
export function useCanvasKeys(place: RefObject<HTMLElement | null>, actions: Actions): void {
  const app = useApp();
  const sides = useSides();
  const state = useCanvasState();
  const flow = useReactFlow();
  const store = useStoreApi();
  useHand();
  useEffect(() => {
    const go = (way: readonly [number, number]) => {
      const { canvas: { boxes }, places, selected } = app.state;
      const { showParameters } = sides.settings.get();
      const rects = boxes.filter(({ kind }) => showParameters || kind !== "parameter").flatMap((box) => {
        const at = places.get(box.id);
        return at === undefined ? [] : [[box.id, rectOf(box, at)] as const];
      });
      const next = nextBox(new Map(rects), selected, way, seen(flow.getViewport(), store.getState()));
      if (next === undefined) return;
      sides.pick(next);
      focusBox(next);
    };
    /** Where something opens: at the pointer, at the selected box, in the middle. */
    const spot = (): Point => {
      if (state.pointer !== undefined) return state.pointer;
      const at = app.state.selected === undefined ? undefined : app.state.places.get(app.state.selected);
      if (at !== undefined) return flow.flowToScreenPosition(at);
      const { left, top, width, height } = place.current!.getBoundingClientRect();
      return { x: left + width / 3, y: top + height / 3 };
    };
    const plain: Readonly<Record<string, () => void>> = {
      Tab: () => state.popup.set({ kind: "hotbox", at: spot() }),
      Delete: () => void actions.remove(),
      Backspace: () => void actions.remove(),
      Escape: () => (app.selectAll([]), state.lines.set(new Set()), state.hush()),
      p: () => sides.settings.change({ showParameters: !sides.settings.get().showParameters }),
      c: () => {
        const { selected } = app.state;
        if (selected === undefined) state.say("Select a box first, then press c to connect it", spot());
        else state.popup.set({ kind: "connect", at: spot(), box: selected });
      },
      F2: () => {
        const box = actions.selected.at(-1);
        if (box !== undefined) actions.rename(box, spot());
      },
      Enter: () => {
        sides.settings.change({ tab: "properties" });
        sides.settings.fold("right", false);
        requestAnimationFrame(() =>
          document.querySelector<HTMLElement>("#inspector-shown :is(input, select, textarea, button):enabled")?.focus()
        );
      },
      "?": () => void sides.dialogs.ask({ kind: "help" }),
      ContextMenu: () => state.popup.set({ kind: "menu", at: spot() }),
    };
    const commanded: Readonly<Record<string, () => void>> = {
      c: () => void actions.copy(),
      v: () => void actions.paste(),
      g: () => actions.group(spot()),
      a: () => app.selectAll(app.state.canvas.boxes.map(({ id }) => id)),
      L: () => void sides.layOut(),
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (event.key === "Escape" && isInProperties(event)) return focusCanvas();
      const opens = opensAtPointer(event, state);
      if (isTyping(event) || !isFree() || !(opens || isOurs(event, place.current))) return;
      const focused = boxOf(event);
      if (OF_A_BOX.has(event.key) && focused !== undefined && app.state.selection.size === 0) app.select(focused);
      const isCommand = event.ctrlKey || event.metaKey;
      const arrow = ARROWS[event.key];
      if (arrow !== undefined && !event.altKey) {
        event.preventDefault();
        const far = isCommand ? FAR_STEP : STEP;
        return event.shiftKey ? actions.nudge(arrow[0] * far, arrow[1] * far) : isCommand ? undefined : go(arrow);
      }
      if (event.key === "Tab" && !opens) return;
      if (event.key === "Enter" && app.state.selection.size === 0) return;
      const key = event.key === "l" && event.shiftKey ? "L" : event.key;
      // Copying a piece of text that is marked stays what it is.
      if (isCommand && key === "c" && !getSelection()?.isCollapsed) return;
      const deed = (isCommand ? commanded : plain)[key];
      if (deed === undefined || event.altKey) return;
      event.preventDefault();
      deed();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [app, sides, state, flow, store, actions, place]);
}

function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable=true]") !== null;
}

/** Keys belong to the canvas when it has the focus, or when nothing has. */
function isOurs({ target }: KeyboardEvent, place: HTMLElement | null): boolean {
  return target === document.body || (target instanceof Node && place?.contains(target) === true);
}

/** Nothing is open above the page. */
function isFree(): boolean {
  return document.querySelector("[role=dialog], dialog[open]") === null;
}

function isInProperties({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLElement && target.closest("#inspector-shown:not(:has(.cm-editor))") !== null;
}

function boxOf({ target }: KeyboardEvent): string | undefined {
  const isNode = target instanceof HTMLElement && target.classList.contains("react-flow__node");
  return isNode ? target.dataset.id : undefined;
}
