import { useEffect } from "react";
import { Graph } from "./canvas/graph.tsx";
import { Problems } from "./panels/problems.tsx";
import { Properties } from "./panels/properties.tsx";
import { Sidebar } from "./panels/sidebar.tsx";
import { Terminal } from "./panels/terminal.tsx";
import { Toolbar } from "./panels/toolbar.tsx";
import { useApp, useAppState } from "./state/use_app.ts";

/** The whole page. */
export function Page() {
  const app = useApp();
  const conflict = useAppState(({ document }) => document?.conflict);
  const notice = useAppState(({ notice }) => notice);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping = (event.target as HTMLElement).closest("input, textarea, [contenteditable=true]") !== null;
      if (!(event.ctrlKey || event.metaKey)) return;
      if (event.key === "s") return event.preventDefault(), void app.save();
      if (isTyping) return;
      if (event.key === "z" && !event.shiftKey) return event.preventDefault(), app.undo();
      if (event.key === "y" || event.key === "Z") return event.preventDefault(), app.redo();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [app]);
  return (
    <div className="page">
      <Toolbar />
      {conflict && (
        <div className="banner warn" role="alert">
          Somebody else changed this file in the same place.
          <button type="button" onClick={() => app.settle("mine")}>Keep mine</button>
          <button type="button" onClick={() => app.settle("theirs")}>Take theirs</button>
        </div>
      )}
      {notice && (
        <div className="banner bad" role="alert">
          {notice}
          <button type="button" onClick={app.dismiss}>Close</button>
        </div>
      )}
      <Sidebar />
      <main className="canvas" aria-label="Graph">
        <Graph />
        <Problems />
      </main>
      <Properties />
      <Terminal />
    </div>
  );
}
