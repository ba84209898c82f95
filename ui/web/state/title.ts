import { isChanged } from "../../graph/document.ts";
import type { App } from "./app.ts";

/** Names the open pipeline in the title of the tab, with a star while it is not saved. */
export function followTitle(app: App): void {
  const follow = () => {
    const open = app.state.document;
    document.title = open === undefined ? "loom" : `${isChanged(open) ? "* " : ""}${open.path} – loom`;
  };
  app.store.subscribe(follow);
  follow();
}
