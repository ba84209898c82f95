import { useState } from "react";
import { diffOf, type RunDiff } from "../api/runs.ts";
import { useAppState } from "../state/use_app.ts";
import { useRunsState } from "../state/use_runs.ts";
import { CompareOutputs } from "./compare_outputs.tsx";
import { bytesText, durationText, timeText, valueText } from "./format.ts";
import { Standing } from "./standing.tsx";
import { useAsked } from "./use_asked.ts";

/** What changed between two runs or points, and what it did. */
export function CompareView() {
  const path = useAppState(({ document }) => document?.path);
  const compared = useRunsState(({ compared }) => compared);
  const [isAll, setAll] = useState(false);
  // The earlier one first, as a person reads a change.
  const [a, b] = compared;
  const { value, error } = useAsked(
    b === undefined ? undefined : `${path} ${a} ${b} ${isAll}`,
    () => diffInOrder(path!, a, b, isAll),
  );
  if (b === undefined) {
    return <p className="empty-view">Choose two runs under History, or two points under Results.</p>;
  }
  return (
    <div className="scrolls compare-view">
      {error && <p className="view-error" role="alert">{error}</p>}
      {value && (
        <>
          <div className="view-bar">
            <Heads diff={value} />
            <span className="gap" />
            <label className="check">
              <input type="checkbox" checked={isAll} onChange={(event) => setAll(event.currentTarget.checked)} />{" "}
              What is the same, too
            </label>
          </div>
          <Values title="Parameters" values={value.parameters} />
          <Metrics metrics={value.metrics} />
          <Settings settings={value.settings} />
          <Files title="Inputs" files={value.inputs} />
          <Code code={value.code} />
          <Steps steps={value.steps} />
          <Files title="Outputs" files={value.outputs} />
          <CompareOutputs a={addressOf(value.before)} b={addressOf(value.after)} path={path!} />
        </>
      )}
    </div>
  );
}

async function diffInOrder(path: string, a: string, b: string, all: boolean): Promise<RunDiff> {
  const diff = await diffOf({ path, a, b, all });
  const isTurned = diff.before.created_at > diff.after.created_at;
  return isTurned ? await diffOf({ path, a: b, b: a, all }) : diff;
}

function addressOf({ run, point }: RunDiff["before"]) {
  return { run, point };
}

function Heads({ diff: { before, after } }: { readonly diff: RunDiff }) {
  const head = ({ run, point, status, created_at, duration_ms }: RunDiff["before"]) => (
    <span className="compare-head">
      <strong className="mono">{point ?? run}</strong> <Standing of={status} /> {timeText(created_at)}{" "}
      {durationText(duration_ms)}
    </span>
  );
  return (
    <>
      {head(before)} <span aria-label="compared with">→</span> {head(after)}
    </>
  );
}

function Section(
  { title, count, children }: { readonly title: string; readonly count: number; readonly children: React.ReactNode },
) {
  if (count === 0) return null;
  return (
    <section className="compare-section">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Values({ title, values }: { readonly title: string; readonly values: RunDiff["parameters"] }) {
  return (
    <Section title={title} count={values.length}>
      <table className="run-table">
        <tbody>
          {values.map(({ name, before, after, same }) => (
            <tr key={name} className={same ? "" : "differs"}>
              <th scope="row">{name}</th>
              <td className="mono old">{valueText(before)}</td>
              <td className="mono new">{valueText(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Metrics({ metrics }: { readonly metrics: RunDiff["metrics"] }) {
  return (
    <Section title="Metrics" count={metrics.length}>
      <table className="run-table">
        <tbody>
          {metrics.map(({ name, before, after, difference, ratio, same }) => (
            <tr key={name} className={same ? "" : "differs"}>
              <th scope="row">{name}</th>
              <td className="number mono old">{valueText(before)}</td>
              <td className="number mono new">{valueText(after)}</td>
              <td className="number mono">
                {difference === undefined ? "" : signed(valueText(difference), difference)}
              </td>
              <td className="number">{ratio === undefined ? "" : signed(`${(ratio * 100).toFixed(1)} %`, ratio)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function signed(text: string, value: number): string {
  return value > 0 ? `+${text}` : text;
}

function Settings({ settings }: { readonly settings: RunDiff["settings"] }) {
  return (
    <Section title="Settings of steps" count={settings.length}>
      <table className="run-table">
        <tbody>
          {settings.map(({ step, what, name, before, after, parameter }, i) => (
            <tr key={i} className="differs">
              <th scope="row">{step}</th>
              <td>{what}{name && ` ${name}`}{parameter && ` (parameter ${parameter})`}</td>
              <td className="mono old">{before ?? "–"}</td>
              <td className="mono new">{after ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Files({ title, files }: { readonly title: string; readonly files: RunDiff["inputs"] }) {
  return (
    <Section title={title} count={files.length}>
      <table className="run-table">
        <tbody>
          {files.map(({ path, before, after, same, steps, made_by }) => (
            <tr key={path} className={same ? "" : "differs"}>
              <th scope="row" className="mono">{path}</th>
              <td>{same ? "the same" : before === undefined ? "new" : after === undefined ? "gone" : "changed"}</td>
              <td className="mono old" title={before}>{before?.slice(0, 10) ?? "–"}</td>
              <td className="mono new" title={after}>{after?.slice(0, 10) ?? "–"}</td>
              <td className="words-cell">{made_by === undefined ? steps.join(", ") : `made by ${made_by}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Code({ code }: { readonly code: RunDiff["code"] }) {
  return (
    <Section title="Code" count={code.length}>
      {code.map(({ path, same, added, removed, hunks, untold }) => (
        <details key={path} className="code-diff" open={!same && (hunks?.length ?? 0) > 0}>
          <summary>
            <span className="mono">{path}</span>{" "}
            {same ? "the same" : untold ?? (added === undefined ? "changed" : `+${added} −${removed}`)}
          </summary>
          {hunks?.map(({ old_start, new_start, lines }) => (
            <pre key={`${old_start} ${new_start}`}>
              {lines.map((line, i) => (
                <span key={i} className={line.startsWith("+") ? "new" : line.startsWith("-") ? "old" : ""}>{`${line}\n`}</span>
              ))}
            </pre>
          ))}
        </details>
      ))}
    </Section>
  );
}

function Steps({ steps }: { readonly steps: RunDiff["steps"] }) {
  return (
    <Section title="Steps" count={steps.length}>
      <table className="run-table">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
            <th scope="col" className="number">Took</th>
            <th scope="col" className="number">Memory</th>
          </tr>
        </thead>
        <tbody>
          {steps.map(({ name, before, after }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{before && <Standing of={before.status} />}</td>
              <td>{after && <Standing of={after.status} />}</td>
              <td className="number">
                {bothText(durationText(before?.duration_ms), durationText(after?.duration_ms))}
              </td>
              <td className="number">{bothText(bytesText(before?.peak_bytes), bytesText(after?.peak_bytes))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function bothText(before: string, after: string): string {
  return before === "" && after === "" ? "" : `${before || "–"} → ${after || "–"}`;
}
