/**
 * Which panels are open. Where there is little room, those at the sides lie over the canvas, one at a time.
 *
 * @module
 */

import { useCallback, useState, useSyncExternalStore } from "react";
import { type PanelName, sizeOf } from "./settings.ts";
import { useSettings } from "./use_sides.ts";

/** Below this width, in pixels of the page, the panels at the sides lie over the canvas. */
const NARROW = "(max-width: 899px)";
/** Below this height the output is closed until it is asked for. */
const SHORT = "(max-height: 479px)";

/** Panels, and folding them. */
export interface Folding {
  readonly isNarrow: boolean;
  isOpen(panel: PanelName): boolean;
  widthOf(panel: PanelName): number;
  toggle(panel: PanelName): void;
  /** Both at the sides: closed if one of them is open, else open. */
  toggleSides(): void;
}

/** Whether a question to the window's size and colours is answered with yes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    useCallback((changed) => {
      const list = matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    }, [query]),
    () => matchMedia(query).matches,
  );
}

/** The panels of this page. */
export function useFolding(): Folding {
  const [settings, store] = useSettings();
  const [over, setOver] = useState<PanelName>();
  const isNarrow = useMedia(NARROW);
  const isShort = useMedia(SHORT);
  const isOver = (panel: PanelName) => panel === "bottom" ? isShort : isNarrow;
  const isOpen = (panel: PanelName) => isOver(panel) ? over === panel : !settings[panel].isFolded;
  const toggle = (panel: PanelName) => {
    if (isOver(panel)) setOver(over === panel ? undefined : panel);
    else store.fold(panel, !settings[panel].isFolded);
  };
  const toggleSides = useCallback(() => {
    const { left, right } = store.get();
    const isFolded = !left.isFolded || !right.isFolded;
    store.fold("left", isFolded);
    store.fold("right", isFolded);
  }, [store]);
  return { isNarrow, isOpen, widthOf: (panel) => sizeOf(settings, panel), toggle, toggleSides };
}
