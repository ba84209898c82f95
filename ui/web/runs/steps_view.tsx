import type { RunRecord } from "../api/runs.ts";
import type { RunView, StepView } from "../../graph/run_view.ts";
import { useApp, useAppState } from "../state/use_app.ts";
import { useRuns, useRunsState } from "../state/use_runs.ts";
import { bytesText, durationText, timeText } from "./format.ts";
import { LoopView } from "./loop_view.tsx";
import { Standing } from "./standing.tsx";

/** Every step of the run that is shown, with what became of it. */
export function StepsView() {
  const kind = useRunsState(({ kind }) => kind);
  const view = useRunsState(({ view }) => view);
  const record = useRunsState(({ record }) => record);
  if (kind === "loop" && record !== undefined) return <LoopView record={record} />;
  if (view === undefined) return <p className="empty-view">Nothing has run yet.</p>;
  return (
    <div className="scrolls">
      <Facts view={view} record={record} />
      <StepTable view={view} record={record} />
      {view.notices!.length > 0 && (
        <ul className="notices" aria-label="Warnings">
          {view.notices!.map((notice, i) => <li key={i}>{notice}</li>)}
        </ul>
      )}
    </div>
  );
}

function Facts({ view, record }: { readonly view: RunView; readonly record?: RunRecord }) {
  const facts = [
    `Run ${view.id}`,
    timeText(view.startedAt),
    view.durationMs === undefined ? "" : durationText(view.durationMs),
    record?.selection ?? "",
    ...Object.entries(record?.overrides ?? {}).map(([name, value]) => `${name} = ${value}`),
    record?.git === undefined
      ? ""
      : `commit ${record.git.commit.slice(0, 12)}${record.git.dirty ? ", with changes" : ""}`,
    record?.python === undefined ? "" : `Python ${record.python}`,
  ];
  return <p className="run-facts">{facts.filter(Boolean).join("  ·  ")}</p>;
}

/** What was tried of one step, all parts together. */
interface Tried {
  readonly attempts: number;
  readonly peak?: number;
  readonly log?: number;
}

function triedBy(record: RunRecord | undefined): ReadonlyMap<string, Tried> {
  const found = new Map<string, Tried>();
  for (const { step, attempt, peak_bytes, log_bytes } of record?.attempts ?? []) {
    const { attempts = 0, peak, log } = found.get(step) ?? {};
    found.set(step, {
      attempts: Math.max(attempts, attempt),
      peak: peak_bytes === undefined ? peak : Math.max(peak ?? 0, peak_bytes),
      log: log_bytes === undefined ? log : (log ?? 0) + log_bytes,
    });
  }
  return found;
}

function StepTable({ view, record }: { readonly view: RunView; readonly record?: RunRecord }) {
  const tried = triedBy(record);
  const critical = new Set(view.criticalPath);
  return (
    <table className="run-table">
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Standing</th>
          <th scope="col" className="number">Took</th>
          <th scope="col" className="number">Tries</th>
          <th scope="col">Ended with</th>
          <th scope="col" className="number">Memory</th>
          <th scope="col">Why it is not fresh now</th>
          <th scope="col">Output</th>
        </tr>
      </thead>
      <tbody>
        {[...view.steps].map(([name, step]) => (
          <StepRow key={name} name={name} step={step} tried={tried.get(name)} isCritical={critical.has(name)} />
        ))}
      </tbody>
    </table>
  );
}

interface StepRowProps {
  readonly name: string;
  readonly step: StepView;
  readonly tried?: Tried;
  readonly isCritical: boolean;
}

function StepRow({ name, step, tried, isCritical }: StepRowProps) {
  const app = useApp();
  const runs = useRuns();
  const status = useAppState(({ status }) => status.get(name));
  const { standing, durationMs, note, exitCode, parts, partsTotal, attempt } = step;
  const ended = note ?? (exitCode === undefined ? "" : `exit code ${exitCode}`);
  return (
    <tr>
      <th scope="row">
        <button type="button" className="link-button" onClick={() => app.select(name)}>{name}</button>
        {isCritical && <span className="badge" title="The way through these steps took longest">longest way</span>}
      </th>
      <td>
        <Standing of={standing} />{" "}
        {parts !== undefined && ` ${parts}${partsTotal === undefined ? "" : `/${partsTotal}`}`}
      </td>
      <td className="number">{durationText(durationMs)}</td>
      <td className="number">{tried?.attempts ?? attempt ?? ""}</td>
      <td className="words-cell">{ended}</td>
      <td className="number">{bytesText(tried?.peak)}</td>
      <td className="words-cell">{status?.reasons.join("; ")}</td>
      <td>
        {(tried?.log !== undefined || standing === "running") && (
          <button
            type="button"
            className="link-button"
            onClick={() => runs.show({ tab: "output", step: name })}
          >
            {tried?.log === undefined ? "watch" : bytesText(tried.log)}
          </button>
        )}
      </td>
    </tr>
  );
}
