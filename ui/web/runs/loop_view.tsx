import { useState } from "react";
import type { RunRecord } from "../api/runs.ts";
import { useRuns } from "../state/use_runs.ts";
import { countText, durationText, timeText, valueText } from "./format.ts";
import { LoopStepView } from "./loop_step.tsx";
import { Standing } from "./standing.tsx";

/** A step of a loop, as `loom show --json` has it. */
interface LoopStep {
  readonly step_n: number;
  readonly branch: string;
  readonly score: number | null;
  readonly cost_usd: number;
  readonly tokens: number;
  readonly duration_ms: number;
  readonly error: string | null;
  readonly status: string;
  readonly marks?: readonly string[];
}

/** Another run of a loop: one inside a step, or the one around. */
interface LoopRun {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly steps: number;
  readonly spent_usd: number;
  readonly error?: string;
  readonly parent?: { readonly run: string; readonly step: number };
}

/** A run of a loop: what was used of its budget, how the score went, each step, the runs inside of it. */
export function LoopView({ record }: { readonly record: RunRecord }) {
  const [chosen, choose] = useState<number>();
  const { run, steps = [], children = [], questions = [] } = (record.loop ?? {}) as unknown as Looked;
  return (
    <div className="loop-view">
      <div className="scrolls">
        <Facts record={record} run={run} />
        {questions.filter(({ answer }) => answer === undefined).map(({ key }) => (
          <p key={key} className="waits" role="status">
            It waits for an answer to <strong>{key}</strong>: <code>loom answer {record.id} {key}=…</code>
          </p>
        ))}
        <ScoreChart steps={steps} />
        <StepTable steps={steps} chosen={chosen} choose={choose} />
        {children.length > 0 && <Inside runs={children.map(({ run }) => run)} />}
      </div>
      {chosen !== undefined && <LoopStepView key={`${record.id} ${chosen}`} run={record.id} step={chosen} />}
    </div>
  );
}

interface Looked {
  readonly run?: LoopRun;
  readonly steps?: readonly LoopStep[];
  readonly children?: readonly { readonly run: LoopRun }[];
  readonly questions?: readonly { readonly key: string; readonly answer?: unknown }[];
}

function Facts({ record, run }: { readonly record: RunRecord; readonly run?: LoopRun }) {
  const runs = useRuns();
  const { used_percent: used, budget = [] } = record;
  return (
    <>
      <p className="run-facts">
        <Standing of={record.status} /> Run {record.id} · {record.name} · {timeText(record.created_at)} ·{" "}
        {durationText(record.duration_ms)}
        {run?.parent !== undefined && (
          <>
            {" "}· inside step {run.parent.step} of{" "}
            <button type="button" className="link-button mono" onClick={() => void runs.open(run.parent!.run)}>
              {run.parent.run}
            </button>
          </>
        )}
      </p>
      {run?.error !== undefined && <p className="view-error">{run.error}</p>}
      {used !== undefined && (
        <div className="budget">
          <meter
            min={0}
            max={100}
            value={Math.min(100, used)}
            high={90}
            aria-label="Share of the budget that is used"
          />
          <span>{used} % of the nearest limit</span>
        </div>
      )}
      <ul className="budget-lines">{budget.map((line) => <li key={line}>{line}</li>)}</ul>
    </>
  );
}

function StepTable({ steps, chosen, choose }: {
  readonly steps: readonly LoopStep[];
  readonly chosen: number | undefined;
  readonly choose: (step: number | undefined) => void;
}) {
  return (
    <table className="run-table">
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col" className="number">Score</th>
          <th scope="col" className="number">Cost</th>
          <th scope="col" className="number">Tokens</th>
          <th scope="col" className="number">Took</th>
          <th scope="col">What happened</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={`${step.step_n} ${step.branch}`} className={step.step_n === chosen ? "shown" : ""}>
            <th scope="row">
              <button
                type="button"
                className="link-button"
                aria-expanded={step.step_n === chosen}
                title="Its state, its tries, what it kept"
                onClick={() =>
                  choose(step.step_n === chosen ? undefined : step.step_n)}
              >
                {step.step_n}
                {step.branch && ` ${step.branch}`}
              </button>
            </th>
            <td className="number">{step.score === null ? "" : valueText(step.score)}</td>
            <td className="number">{step.cost_usd === 0 ? "" : `$${step.cost_usd.toFixed(4)}`}</td>
            <td className="number">{step.tokens || ""}</td>
            <td className="number">{durationText(step.duration_ms)}</td>
            <td className={`words-cell ${step.error === null ? "" : "bad-text"}`}>
              {[...(step.marks ?? []), step.error].filter(Boolean).join("; ")}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Runs that its steps called. */
function Inside({ runs: inside }: { readonly runs: readonly LoopRun[] }) {
  const runs = useRuns();
  return (
    <>
      <h3>Runs inside</h3>
      <table className="run-table">
        <tbody>
          {inside.map(({ id, name, status, steps, spent_usd, parent }) => (
            <tr key={id}>
              <th scope="row">
                <button type="button" className="link-button mono" onClick={() => void runs.open(id)}>{id}</button>
              </th>
              <td>{name}</td>
              <td>in step {parent?.step}</td>
              <td>
                <Standing of={status} />
              </td>
              <td className="number">{countText(steps, "step")}</td>
              <td className="number">{spent_usd === 0 ? "" : `$${spent_usd.toFixed(4)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const [WIDTH, HEIGHT, EDGE] = [560, 120, 8];

/** The score of each step, and the best so far. */
function ScoreChart({ steps }: { readonly steps: readonly LoopStep[] }) {
  const scored = steps.filter((step): step is LoopStep & { score: number } => step.score !== null);
  if (scored.length < 2) return null;
  const scores = scored.map(({ score }) => score);
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const last = Math.max(1, scored.at(-1)!.step_n);
  const place = (step: number, score: number) =>
    [
      EDGE + step / last * (WIDTH - EDGE * 2),
      HEIGHT - EDGE - (score - low) / (high - low || 1) * (HEIGHT - EDGE * 2),
    ] as const;
  let best = -Infinity;
  const bests = scored.map(({ step_n, score }) => place(step_n, best = Math.max(best, score)).join(","));
  return (
    <svg
      className="score-chart"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`Scores of ${scored.length} steps, from ${valueText(low)} to ${valueText(high)}`}
    >
      <polyline points={bests.join(" ")} />
      {scored.map(({ step_n, score }) => {
        const [x, y] = place(step_n, score);
        return (
          <circle key={step_n} cx={x} cy={y} r={3}>
            <title>{`step ${step_n}: ${valueText(score)}`}</title>
          </circle>
        );
      })}
    </svg>
  );
}
