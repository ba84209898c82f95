import { useState } from "react";
import { IconButton } from "../kit/button.tsx";
import { type ListedRun, listRuns } from "../api/runs.ts";
import { useAppState } from "../state/use_app.ts";
import { useSettings } from "../state/use_sides.ts";
import { useRuns, useRunsState } from "../state/use_runs.ts";
import { countText, durationText, timeText, valueText } from "./format.ts";
import { Standing } from "./standing.tsx";
import { useAsked } from "./use_asked.ts";

/** The newest runs, of this pipeline or of the whole project; two of them can be compared. */
export function HistoryView() {
  const runs = useRuns();
  const path = useAppState(({ document }) => document?.path);
  const changes = useRunsState(({ changes }) => changes);
  const compared = useRunsState(({ compared }) => compared);
  const shown = useRunsState(({ id }) => id);
  const [{ history: of }, settings] = useSettings();
  const [limit, setLimit] = useState(50);
  const { value, error } = useAsked(
    path && `${path} ${of} ${limit} ${changes}`,
    () => listRuns({ path, of, limit }),
  );
  const mark = (id: string) =>
    runs.show({ compared: compared.includes(id) ? compared.filter((it) => it !== id) : [...compared, id].slice(-2) });
  return (
    <div className="history-view">
      <div className="view-bar">
        <span className="choices" role="radiogroup" aria-label="Runs of">
          {(["pipeline", "project"] as const).map((it) => (
            <label key={it}>
              <input
                type="radio"
                name="runs-of"
                checked={of === it}
                onChange={() => settings.change({ history: it })}
              />{" "}
              {it === "pipeline" ? "This pipeline" : "Whole project"}
            </label>
          ))}
        </span>
        <span className="gap" />
        <button type="button" disabled={compared.length !== 2} onClick={() => runs.show({ tab: "compare" })}>
          {compared.length === 2 ? "Compare the two" : "Choose two to compare"}
        </button>
      </div>
      {error && <p className="view-error" role="alert">{error}</p>}
      {value?.length === 0 && <p className="empty-view">Nothing has been run yet.</p>}
      {value !== undefined && value.length > 0 && (
        <div className="scrolls">
          <table className="run-table">
            <thead>
              <tr>
                <th scope="col">
                  <span className="unseen">Compare</span>
                </th>
                <th scope="col">When</th>
                <th scope="col">Run</th>
                <th scope="col">Standing</th>
                <th scope="col" className="number">Took</th>
                <th scope="col">What</th>
                <th scope="col">Changed</th>
                <th scope="col">Metrics</th>
                <th scope="col">
                  <span className="unseen">Deeds</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {value.map((run) => (
                <HistoryRow
                  key={run.id}
                  run={run}
                  isShown={run.id === shown}
                  isMarked={compared.includes(run.id)}
                  isProject={of === "project"}
                  onMark={() => mark(run.id)}
                />
              ))}
            </tbody>
          </table>
          {value.length === limit && (
            <button type="button" className="more-rows" onClick={() => setLimit(limit + 200)}>Show more</button>
          )}
        </div>
      )}
    </div>
  );
}

interface HistoryRowProps {
  readonly run: ListedRun;
  readonly isShown: boolean;
  readonly isMarked: boolean;
  readonly isProject: boolean;
  readonly onMark: () => void;
}

function HistoryRow({ run, isShown, isMarked, isProject, onMark }: HistoryRowProps) {
  const runs = useRuns();
  const { id, kind, name, status, created_at, duration_ms, elsewhere } = run;
  const standing = status === "running" && elsewhere !== undefined ? "running elsewhere" : status;
  return (
    <tr className={isShown ? "shown" : ""} aria-current={isShown}>
      <td>
        {kind === "pipeline" && (
          <input type="checkbox" aria-label={`Compare run ${id}`} checked={isMarked} onChange={onMark} />
        )}
      </td>
      <td title={new Date(created_at).toString()}>{timeText(created_at)}</td>
      <th scope="row">
        <button
          type="button"
          className="link-button mono"
          title="Show this run here and on the canvas"
          onClick={() => void runs.open(id)}
        >
          {id}
        </button>
      </th>
      <td>
        <Standing of={standing} />
      </td>
      <td className="number">{durationText(duration_ms)}</td>
      <td className="words-cell">{whatText(run, isProject ? name : undefined)}</td>
      <td className="words-cell">{changedText(run)}</td>
      <td className="words-cell mono">{metricsText(run)}</td>
      <td>
        {kind === "pipeline" && (
          <IconButton
            icon="repeat"
            label={`Run ${id} again`}
            onClick={() => void runs.again(id)}
          />
        )}
      </td>
    </tr>
  );
}

function whatText({ kind, selection, points, steps }: ListedRun, name: string | undefined): string {
  const what = kind === "loop"
    ? `loop, ${countText(steps ?? 0, "step")}`
    : points === undefined
    ? selection ?? "all"
    : `${points} points`;
  return name === undefined ? what : `${name}: ${what}`;
}

function changedText({ changed }: ListedRun): string {
  return changed.map(({ name, before, after }) => `${name} ${valueText(before)} → ${valueText(after)}`).join(", ");
}

function metricsText({ metrics, best, cost_usd }: ListedRun): string {
  if (best !== undefined) return `best ${valueText(best)}${cost_usd ? `, $${cost_usd.toFixed(4)}` : ""}`;
  const all = Object.entries(metrics ?? {});
  const shown = all.slice(0, 4).map(([name, value]) => `${name} ${valueText(value)}`).join(", ");
  return all.length > 4 ? `${shown}, …` : shown;
}
