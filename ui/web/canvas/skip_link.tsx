import { focusBox } from "./focus.ts";

/** The first thing that Tab reaches: past all panels, to the boxes. */
export function SkipLink() {
  return (
    <button type="button" className="skip-link" onClick={() => focusBox()}>
      Skip to the canvas
    </button>
  );
}
