import type { RunRecord } from "../api/runs.ts";
import { durationText, timeText, valueText } from "./format.ts";
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

/** A run of a loop: what was used of its budget, how the score went, each step. */
export function LoopView({ record }: { readonly record: RunRecord }) {
  const steps = (record.loop?.steps ?? []) as unknown as readonly LoopStep[];
  const { used_percent: used, budget = [] } = record;
  return (
    <div className="scrolls loop-view">
      <p className="run-facts">
        <Standing of={record.status} /> Run {record.id} · {record.name} · {timeText(record.created_at)} ·{" "}
        {durationText(record.duration_ms)}
      </p>
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
      <ScoreChart steps={steps} />
      <table className="run-table">
        <thead>
          <tr>
            <th scope="col" className="number">Step</th>
            <th scope="col" className="number">Score</th>
            <th scope="col" className="number">Cost</th>
            <th scope="col" className="number">Tokens</th>
            <th scope="col" className="number">Took</th>
            <th scope="col">What happened</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={`${step.step_n} ${step.branch}`}>
              <th scope="row" className="number">{step.step_n}{step.branch && ` ${step.branch}`}</th>
              <td className="number">{step.score === null ? "" : valueText(step.score)}</td>
              <td className="number">{step.cost_usd === 0 ? "" : `$${step.cost_usd.toFixed(4)}`}</td>
              <td className="number">{step.tokens || ""}</td>
              <td className="number">{durationText(step.duration_ms)}</td>
              <td className="words-cell">{[...(step.marks ?? []), step.error].filter(Boolean).join("; ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
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
