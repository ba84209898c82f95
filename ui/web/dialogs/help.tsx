import { useAppState } from "../state/use_app.ts";
import { Dialog } from "./dialog.tsx";
import type { Answers } from "./questions.tsx";

const KEYS: readonly (readonly [string, readonly (readonly [keys: string, what: string])[]])[] = [
  ["Everywhere", [
    ["Ctrl+S", "Save"],
    ["Ctrl+F, /", "Find steps, data and parameters, by what stands on them"],
    ["Ctrl+Z", "Undo"],
    ["Ctrl+Shift+Z, Ctrl+Y", "Do again"],
    ["Ctrl+Tab", "Both panels at the sides on or off"],
    ["Escape", "Close what is open"],
  ]],
  ["Canvas", [
    ["Tab", "Find and add a task, data or a parameter"],
    ["Enter", "Properties of what is selected"],
    ["F2", "Rename it"],
    ["C", "Connect it to something"],
    ["Arrows", "Go to the next box"],
    ["Shift+Arrows", "Move it; with Ctrl further"],
    ["Delete, Backspace", "Remove it"],
    ["Ctrl+C, Ctrl+V", "Copy, paste"],
    ["Ctrl+A", "Select everything"],
    ["Shift+drag", "Select several"],
    ["Ctrl+G", "Make a group"],
    ["Ctrl+Shift+L", "Lay out anew"],
    ["P", "Parameters on or off"],
    ["?", "This help"],
  ]],
  ["Edges of panels", [
    ["Arrows", "Wider, narrower"],
    ["Home, End", "As small, as large as can be"],
    ["Enter, double click", "Fold the panel"],
  ]],
];

/** Keys, and what the marks mean. */
export function Help({ answer }: Answers) {
  const version = useAppState(({ version }) => version);
  return (
    <Dialog title="Help" size="wide" onClose={() => answer(undefined)}>
      <div className="help">
        {KEYS.map(([title, keys]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([key, what]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>Marks of steps</h3>
          <p>
            <span className="mark fresh" /> fresh: what it made is up to date
          </p>
          <p>
            <span className="mark stale" /> stale or modified: something it was made of has changed
          </p>
          <p>
            <span className="mark missing" /> missing: what it makes is not there
          </p>
          <p>
            <span className="longest-mark" />{" "}
            on the longest way through the last run: what is quicker there makes all of it quicker
          </p>
          <p>What becomes of a step in a run is told apart from that, by its border and in words.</p>
        </section>
      </div>
      <p className="none">loom {version}</p>
    </Dialog>
  );
}
