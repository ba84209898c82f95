import { type RefObject, useEffect, useRef } from "react";

/** Where what has the focus goes away, its panel gets it: whoever uses the keyboard goes on from there. */
export function useKeptFocus(panel: RefObject<HTMLElement | null>): void {
  const last = useRef<Element>(undefined);
  useEffect(() => {
    const note = ({ target }: Event) => {
      last.current = target instanceof Element && panel.current?.contains(target) ? target : undefined;
    };
    document.addEventListener("focusin", note);
    document.addEventListener("pointerdown", note);
    return () => {
      document.removeEventListener("focusin", note);
      document.removeEventListener("pointerdown", note);
    };
  }, [panel]);
  useEffect(() => {
    if (last.current?.isConnected !== false || document.activeElement !== document.body) return;
    panel.current?.focus({ preventScroll: true });
  });
}
