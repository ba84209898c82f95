import { isChanged } from "../../graph/document.ts";
import { shownText } from "../../graph/shown_text.ts";
import { IconButton } from "../kit/button.tsx";
import type { Folding } from "../state/folding.ts";
import { useApp, useAppState } from "../state/use_app.ts";
import { useSides } from "../state/use_sides.ts";
import { MoreMenu } from "./more_menu.tsx";
import { RunButtons } from "./run_buttons.tsx";
import "./toolbar.css";

/** The bar at the top: what is open, undoing, saving, running. */
export function Toolbar({ folding }: { readonly folding: Folding }) {
  const app = useApp();
  const sides = useSides();
  const path = useAppState(({ document }) => document?.path);
  const hasChanged = useAppState(({ document }) => document !== undefined && isChanged(document));
  const undone = useAppState(({ document }) => document?.past.at(-1)?.label);
  const redone = useAppState(({ document }) => document?.future.at(-1)?.label);
  return (
    <header className="toolbar">
      <IconButton
        icon="side"
        label="Panel on the left"
        pressed={folding.isOpen("left")}
        onClick={() => folding.toggle("left")}
      />
      <strong className="brand">loom</strong>
      <h1 className="file" title={path}>
        <bdi>{path === undefined ? "no pipeline" : shownText(path)}</bdi>
        {hasChanged && <span title="There are changes that are not saved" className="star">*</span>}
      </h1>
      <span className="buttons">
        <IconButton
          icon="undo"
          label="Undo"
          title={undone === undefined ? "Nothing to undo" : `Undo: ${undone} (Ctrl+Z)`}
          disabled={undone === undefined}
          onClick={app.undo}
        />
        <IconButton
          icon="redo"
          label="Redo"
          title={redone === undefined ? "Nothing to do again" : `Do again: ${redone} (Ctrl+Shift+Z)`}
          disabled={redone === undefined}
          onClick={app.redo}
        />
        <IconButton
          icon="save"
          label="Save"
          title={hasChanged ? "Save (Ctrl+S)" : "Everything is saved"}
          text="Save"
          disabled={!hasChanged}
          onClick={() => void sides.save()}
        />
      </span>
      <span className="gap" />
      <RunButtons />
      <span className="buttons">
        <MoreMenu />
        <IconButton
          icon="sideBottom"
          label="Output"
          pressed={folding.isOpen("bottom")}
          onClick={() => folding.toggle("bottom")}
        />
        <IconButton
          icon="sideRight"
          label="Panel on the right"
          pressed={folding.isOpen("right")}
          onClick={() => folding.toggle("right")}
        />
      </span>
    </header>
  );
}
