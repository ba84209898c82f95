import { isChanged } from "../../graph/document.ts";
import { useApp, useAppState } from "../state/use_app.ts";

/** The bar at the top: what is open, saving, running. */
export function Toolbar() {
  const app = useApp();
  const document = useAppState(({ document }) => document);
  const run = useAppState(({ run }) => run);
  const selected = useAppState(({ selected, pipeline }) => pipeline?.steps.find(({ name }) => name === selected)?.name);
  const isLinked = useAppState(({ isLinked }) => isLinked);
  const hasChanged = document !== undefined && isChanged(document);
  const isRunning = run?.status === "running";
  return (
    <header className="toolbar">
      <strong className="brand">loom</strong>
      <span className="file">{document?.path}{hasChanged ? " *" : ""}</span>
      <button type="button" onClick={app.undo} disabled={!document?.past.length}>Undo</button>
      <button type="button" onClick={app.redo} disabled={!document?.future.length}>Redo</button>
      <button type="button" onClick={() => void app.save()} disabled={!hasChanged}>Save</button>
      <span className="gap" />
      {selected !== undefined && (
        <>
          <button type="button" disabled={isRunning} onClick={() => void app.run({ mode: "steps", names: [selected] })}>
            Run step
          </button>
          <button type="button" disabled={isRunning} onClick={() => void app.run({ mode: "from", names: [selected] })}>
            From here
          </button>
        </>
      )}
      {isRunning
        ? <button type="button" className="stop" onClick={() => void app.cancel()}>Cancel</button>
        : <button type="button" className="go" onClick={() => void app.run({ mode: "all" })}>Run all</button>}
      <span className={isLinked ? "link" : "link bad"} role="status">
        {isLinked ? (run === undefined ? "" : run.status) : "The server cannot be reached; trying again"}
      </span>
    </header>
  );
}
