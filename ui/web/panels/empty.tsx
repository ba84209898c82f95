import type { Problem } from "../../../core/errors.ts";
import { useAppState } from "../state/use_app.ts";
import { useSides } from "../state/use_sides.ts";
import "./empty.css";

/** Where there is nothing to be seen: what to do about it. */
export function Empty() {
  const { dialogs } = useSides();
  const isOpen = useAppState(({ document }) => document !== undefined);
  const hasNone = useAppState(({ root, pipelines }) => root !== "" && pipelines.length === 0);
  const isEmpty = useAppState(({ canvas, pipeline }) => pipeline !== undefined && canvas.boxes.length === 0);
  const problems = useAppState(({ pipeline, problems }) => pipeline === undefined ? problems : NONE);
  if (problems.length > 0) return <Unreadable problem={problems[0]} />;
  if (isOpen ? !isEmpty : !hasNone) return null;
  return (
    <div className="empty">
      {isOpen
        ? (
          <p>
            This pipeline is empty. Drag something from the left, or press <kbd>Tab</kbd> over the canvas.
          </p>
        )
        : <p>There is no pipeline in this folder yet.</p>}
      <button type="button" className={isOpen ? "" : "go"} onClick={() => void dialogs.ask({ kind: "new" })}>
        New pipeline…
      </button>
    </div>
  );
}

const NONE: readonly Problem[] = [];

/** A text that is no YAML: there is no graph to show, only the place that is wrong. */
function Unreadable({ problem: { message, line, column } }: { readonly problem: Problem }) {
  const sides = useSides();
  return (
    <div className="empty">
      <p>
        This file cannot be read{line === undefined ? "" : `: line ${line}`}. It stays as it is.
        <br />
        {message}
      </p>
      <button type="button" className="go" onClick={() => sides.showInText(line ?? 1, column)}>Show the place</button>
    </div>
  );
}
