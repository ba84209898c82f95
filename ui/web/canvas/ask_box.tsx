import { useEffect, useRef, useState } from "react";
import { shownText } from "../../graph/shown_text.ts";
import type { Point } from "../../graph/sizes.ts";
import { useCanvasState } from "./canvas_state.ts";
import { focusCanvas } from "./focus.ts";

/** Asks for one text, such as a name: Enter takes it, Escape leaves it. */
export function AskBox(
  { at, title, value, done }: {
    readonly at: Point;
    readonly title: string;
    readonly value: string;
    readonly done: (value: string) => void;
  },
) {
  const { popup } = useCanvasState();
  const [text, setText] = useState(value);
  const field = useRef<HTMLInputElement>(null);
  const place = useRef<HTMLFormElement>(null);
  useEffect(() => field.current?.select(), []);
  useEffect(() => {
    const elsewhere = (event: Event) => place.current?.contains(event.target as Node) || popup.set(undefined);
    addEventListener("pointerdown", elsewhere, true);
    return () => removeEventListener("pointerdown", elsewhere, true);
  }, [popup]);
  const close = () => (popup.set(undefined), focusCanvas());
  return (
    <form
      className="ask-box"
      ref={place}
      style={{ left: Math.max(8, Math.min(at.x, innerWidth - 300)), top: Math.min(at.y, innerHeight - 100) }}
      onSubmit={(event) => (event.preventDefault(), close(), done(text))}
      onKeyDown={(event) => (event.stopPropagation(), event.key === "Escape" && close())}
    >
      <label>
        {shownText(title.length > 90 ? `${title.slice(0, 88)}…` : title)}
        <input ref={field} autoFocus value={text} spellCheck={false} onChange={({ target }) => setText(target.value)} />
      </label>
    </form>
  );
}
