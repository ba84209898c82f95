import { lazy, Suspense } from "react";
import { IconButton } from "../kit/button.tsx";
import type { RunTab } from "../state/runs.ts";
import { useRuns, useRunsState } from "../state/use_runs.ts";
import { durationText } from "./format.ts";
import { Standing } from "./standing.tsx";
import "./runs.css";

const VIEWS = {
  output: lazy(async () => ({ default: (await import("./output_view.tsx")).OutputView })),
  timeline: lazy(async () => ({ default: (await import("./timeline_view.tsx")).TimelineView })),
  steps: lazy(async () => ({ default: (await import("./steps_view.tsx")).StepsView })),
  history: lazy(async () => ({ default: (await import("./history_view.tsx")).HistoryView })),
  results: lazy(async () => ({ default: (await import("./results_view.tsx")).ResultsView })),
  compare: lazy(async () => ({ default: (await import("./compare_view.tsx")).CompareView })),
} as const;

const NAMES: readonly (readonly [RunTab, string])[] = [
  ["output", "Output"],
  ["timeline", "Timeline"],
  ["steps", "Steps"],
  ["history", "History"],
  ["results", "Results"],
  ["compare", "Compare"],
];

/** Runs, of any kind: what they write, when what ran, what became of it, what was before. */
export function RunsPanel() {
  const runs = useRuns();
  const tab = useRunsState(({ tab }) => tab);
  const isLarge = useRunsState(({ isLarge }) => isLarge);
  const View = VIEWS[tab];
  return (
    <section className={`runs-panel ${isLarge ? "large" : ""}`} aria-label="Runs">
      <div className="runs-bar">
        <div role="tablist" aria-label="What is shown of runs" onKeyDown={byArrows}>
          {NAMES.map(([name, words]) => (
            <button
              key={name}
              type="button"
              role="tab"
              aria-selected={name === tab}
              tabIndex={name === tab ? 0 : -1}
              onClick={() => runs.show({ tab: name })}
            >
              {words}
            </button>
          ))}
        </div>
        <span className="gap" />
        <ShownRun />
        <IconButton
          icon="full"
          label={isLarge ? "Show the canvas again" : "Show runs in place of the canvas"}
          pressed={isLarge}
          onClick={() => runs.show({ isLarge: !isLarge })}
        />
      </div>
      <div className="runs-view" role="tabpanel" aria-label={NAMES.find(([name]) => name === tab)![1]}>
        <Suspense fallback={null}>
          <View />
        </Suspense>
      </div>
    </section>
  );
}

/** Arrow keys go from tab to tab. */
function byArrows(event: React.KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (step === 0) return;
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]")];
  const next = tabs[(tabs.indexOf(event.target as HTMLElement) + step + tabs.length) % tabs.length];
  next.focus();
  next.click();
}

/** Which run is shown, how it stands, and cancelling it. */
function ShownRun() {
  const runs = useRuns();
  const id = useRunsState(({ id }) => id);
  const view = useRunsState(({ view }) => view);
  const record = useRunsState(({ record }) => record);
  const isLive = useRunsState(({ isLive }) => isLive);
  const elsewhere = useRunsState(({ elsewhere }) => elsewhere);
  const isLoop = useRunsState(({ kind }) => kind === "loop");
  const status = view?.status ?? record?.status;
  const standing = status === "running" && elsewhere !== undefined ? "running elsewhere" : status;
  // Only who drives a pipeline can end it; who drives a loop hears the wish.
  const canEnd = status === "running" && (isLoop || (isLive && elsewhere === undefined));
  return (
    <span className="shown-run" role="status">
      {id !== undefined && standing !== undefined && (
        <>
          <span className="mono">{id}</span>
          <Standing of={standing} />
          {elsewhere !== undefined && (
            <span
              className="process"
              title={isLoop ? "Cancel asks it to stop" : "Cancel it where it was started, by Ctrl+C"}
            >
              process {elsewhere.pid}
              {elsewhere.here ? "" : ` on ${elsewhere.host}`}
            </span>
          )}
          <span className="took">{durationText(view?.durationMs ?? record?.duration_ms)}</span>
        </>
      )}
      {canEnd && (
        <IconButton
          icon="stop"
          kind="stop"
          label="Cancel this run"
          text="Cancel"
          onClick={() => void runs.cancel()}
        />
      )}
    </span>
  );
}
