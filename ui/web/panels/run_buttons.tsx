import { blockedBy, runnableName } from "../../graph/blocked.ts";
import { wholeGroup } from "../../graph/groups.ts";
import { countsOf, countsText, skippedText } from "../../graph/run_steps.ts";
import { IconButton } from "../kit/button.tsx";
import type { RunWish } from "../api/types.ts";
import { selectedSteps } from "../state/selection.ts";
import { useApp, useAppState } from "../state/use_app.ts";
import { useRuns, useRunsState } from "../state/use_runs.ts";
import { RunOptions } from "./run_options.tsx";

/** Starting and ending runs: what can be run follows what is selected. */
export function RunButtons() {
  const app = useApp();
  const run = useAppState(({ run }) => run);
  const steps = JSON.parse(useAppState(selectedSteps)) as readonly string[];
  const data = useAppState(({ selection, canvas }) => {
    const [id] = selection;
    const isData = selection.size === 1 && canvas.boxes.some((box) => box.id === id && box.kind === "data");
    return isData ? id.slice("data_".length) : undefined;
  });
  const pipeline = useAppState(({ pipeline }) => pipeline);
  const canvas = useAppState(({ canvas }) => canvas);
  // What another program drives cannot be cancelled here; a run that is started waits for it.
  const isElsewhere = useRunsState(({ elsewhere }) => elsewhere !== undefined);
  const isRunning = run?.status === "running" && !isElsewhere;
  const start = (wish: RunWish) => void app.run(wish);
  const blocked = pipeline && steps.map((name) => blockedBy(name, { pipeline, canvas, run })).find(Boolean);
  const named = pipeline ? [...new Set(steps.map((name) => runnableName(pipeline, name)))] : [];
  const group = steps.length > 0 ? wholeGroup(canvas, new Set(steps)) : undefined;
  const button = (
    icon: "play" | "from" | "until" | "parallel" | "group",
    text: string,
    what: string,
    wish: RunWish,
  ) => (
    <IconButton
      icon={icon}
      label={text}
      text={text}
      title={blocked === undefined ? what : `${text} cannot be: ${blocked}`}
      disabled={blocked !== undefined}
      onClick={() => start(wish)}
    />
  );
  return (
    <span className="buttons run-buttons">
      <Standing />
      <Waiting />
      {named.length === 1 && (
        <>
          {button("play", "Run step", `Run ${named[0]}`, { mode: "steps", names: named })}
          {button("from", "From here", `Run ${named[0]} and all that needs it`, { mode: "from", names: named })}
          {button("until", "Until here", `Run all that ${named[0]} needs, and it`, { mode: "until", names: named })}
        </>
      )}
      {data !== undefined &&
        button("until", "Until here", `Run all that makes ${data}`, { mode: "until", names: [`$${data}`] })}
      {named.length > 1 &&
        button("parallel", "Run parallel", `Run ${named.length} steps side by side`, {
          mode: "steps",
          names: named,
          parallel: true,
        })}
      {group !== undefined &&
        button("group", "Run group", `Run the group ${group}`, { mode: "group", names: [group] })}
      <RunOptions />
      {isRunning
        ? (
          <IconButton
            icon="stop"
            kind="stop"
            label="Cancel"
            text="Cancel"
            title="End all that runs, and start nothing more"
            onClick={() => void app.cancel()}
          />
        )
        : (
          <IconButton
            icon="play"
            kind="go"
            label="Run all"
            text="Run all"
            title="Run the whole pipeline"
            disabled={pipeline === undefined || pipeline.steps.length === 0}
            onClick={() => start({ mode: "all" })}
          />
        )}
    </span>
  );
}

/** How the last run stands. */
function Standing() {
  const run = useAppState(({ run }) => run);
  if (run === undefined) return <span className="standing" role="status" />;
  const counts = countsOf(run);
  const { succeeded, skipped, total } = counts;
  const title = `Run ${run.id}: ${run.status}, ${succeeded} of ${total} steps succeeded${skippedText(skipped)}`;
  return (
    <span className={`standing ${run.status}`} role="status" title={title}>
      <span className="mark" />
      <span className="words">{run.status}</span> {countsText(counts)}
    </span>
  );
}

/** A run that waits for another one to end, and giving that up. */
function Waiting() {
  const runs = useRuns();
  const waiting = useRunsState(({ waiting }) => waiting);
  const waitsFor = useRunsState(({ waitsFor }) => waitsFor);
  if (waiting.length === 0) return null;
  const process = waitsFor === undefined ? "" : ` (process ${waitsFor})`;
  return (
    <span className="waits" role="status">
      <span>
        {waiting.length > 1 && `${waiting.length} runs: `}Waiting for another run{process}
      </span>
      <button
        type="button"
        title="Nothing is run then; the other run goes on"
        onClick={() => void runs.cancel(waiting.at(-1))}
      >
        Cancel waiting
      </button>
    </span>
  );
}
