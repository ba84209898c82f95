import { type DragEvent, useEffect } from "react";
import { Graph } from "./canvas/graph.tsx";
import { SkipLink } from "./canvas/skip_link.tsx";
import { askFind } from "./dialogs/ask_find.ts";
import { Dialogs } from "./dialogs/dialogs.tsx";
import { Splitter } from "./kit/splitter.tsx";
import { Banners } from "./panels/banners.tsx";
import { Empty } from "./panels/empty.tsx";
import { Inspector } from "./panels/inspector.tsx";
import { Problems } from "./panels/problems.tsx";
import { Sidebar } from "./panels/sidebar.tsx";
import { Terminal } from "./panels/terminal.tsx";
import { Toolbar } from "./panels/toolbar.tsx";
import { canvasPoint, DRAGGED, type Dragged, placed } from "./state/dragged.ts";
import { useApp } from "./state/use_app.ts";
import { useFolding } from "./state/folding.ts";
import { useSides } from "./state/use_sides.ts";
import { useTheme } from "./state/theme.ts";

/** The whole page. */
export function Page() {
  const folding = useFolding();
  useTheme();
  useKeys(folding.toggleSides);
  const dropping = useDropping();
  return (
    <div className="page">
      <SkipLink />
      <Toolbar folding={folding} />
      <Banners />
      <div className={`middle ${folding.isNarrow ? "narrow" : ""}`}>
        {folding.isOpen("left") && (
          <>
            <Sidebar width={folding.widthOf("left")} />
            <Splitter panel="left" label="Width of the panel on the left" />
          </>
        )}
        <div className="centre">
          <main className="canvas" aria-label="Graph" {...dropping}>
            <Graph />
            <Empty />
          </main>
          <Problems />
          {folding.isOpen("bottom") && (
            <>
              <Splitter panel="bottom" label="Height of the output" />
              <div className="bottom" style={{ height: folding.widthOf("bottom") }}>
                <Terminal />
              </div>
            </>
          )}
        </div>
        {folding.isOpen("right") && (
          <>
            <Splitter panel="right" label="Width of the panel on the right" />
            <Inspector width={folding.widthOf("right")} />
          </>
        )}
      </div>
      <Dialogs />
    </div>
  );
}

/** What is carried from the panel on the left becomes a box where it is let go. */
function useDropping() {
  const app = useApp();
  const { tasks } = useSides();
  return {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(DRAGGED)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
    },
    onDrop: (event: DragEvent<HTMLElement>) => {
      const text = event.dataTransfer.getData(DRAGGED);
      if (text === "") return;
      event.preventDefault();
      const at = canvasPoint(event.currentTarget, event.clientX, event.clientY);
      void app.act(placed(JSON.parse(text) as Dragged, app.state, tasks.get(), at));
    },
  };
}

/** Keys that work everywhere, save where they mean something to what is typed into. */
function useKeys(toggleSides: () => void): void {
  const app = useApp();
  const sides = useSides();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping = (event.target as HTMLElement).closest("input, textarea, [contenteditable=true]") !== null;
      if (event.ctrlKey && event.key === "Tab") return event.preventDefault(), toggleSides();
      const isCommand = event.ctrlKey || event.metaKey;
      if (isFind(event, isCommand, isTyping)) return event.preventDefault(), void askFind(app, sides);
      if (!isCommand) return;
      if (event.key === "s") return event.preventDefault(), void sides.save();
      if (isTyping) return;
      if (event.key === "z" && !event.shiftKey) return event.preventDefault(), app.undo();
      if (event.key === "y" || event.key === "Z") return event.preventDefault(), app.redo();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [app, sides, toggleSides]);
}

/** Ctrl+F, save where a text or the output is searched by it; and / where nothing is typed. */
function isFind({ key, altKey, target }: KeyboardEvent, isCommand: boolean, isTyping: boolean): boolean {
  if (altKey || document.querySelector("dialog[open]") !== null) return false;
  if (!isCommand) return key === "/" && !isTyping;
  return key === "f" && (target as HTMLElement).closest(".cm-editor, .runs-panel") === null;
}
