import { focusBox } from "../canvas/focus.ts";
import type { App } from "../state/app.ts";
import type { Sides } from "../state/sides.ts";

/** Asks for a box, and goes to it: it is selected, in view, and has the keys. */
export async function askFind(app: App, sides: Sides): Promise<void> {
  if (sides.dialogs.get().length > 0) return;
  const id = await sides.dialogs.ask({ kind: "find" });
  if (id === undefined) return;
  const box = app.state.canvas.boxes.find((box) => box.id === id);
  if (box?.kind === "parameter") sides.settings.change({ showParameters: true });
  sides.pick(id);
  // After the dialog, which gives the keys back to what had them.
  requestAnimationFrame(() => focusBox(id));
}
