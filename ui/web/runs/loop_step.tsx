import { ask } from "../api/client.ts";
import type { LoopStep } from "../api/types.ts";
import { useAppState } from "../state/use_app.ts";
import { durationText, valueText } from "./format.ts";
import { JsonTree } from "./json_tree.tsx";
import { Standing } from "./standing.tsx";
import { useAsked } from "./use_asked.ts";

/** Letters of a state that are shown. */
const MOST = 60_000;

/** One step of a loop: what it made of the state, why it failed, its tries, what it kept. */
export function LoopStepView({ run, step }: { readonly run: string; readonly step: number }) {
  const path = useAppState(({ document }) => document?.path);
  const { value, error } = useAsked(`${run} ${step} ${path}`, () => {
    return ask("GET /api/runs/{run}/steps/{step}", { run, step, query: { path } });
  });
  return (
    <section className="loop-step scrolls" aria-label={`Step ${step}`} tabIndex={0}>
      <h3>Step {step}</h3>
      {error !== undefined && <p className="view-error" role="alert">{error}</p>}
      {value?.steps.map((row) => <Branch key={row.branch} row={row} before={value.before} />)}
      {value !== undefined && <Tries attempts={value.attempts} />}
      {value !== undefined && value.memos.length > 0 && (
        <>
          <h4>What it kept</h4>
          <ul>
            {value.memos.map(({ key, value, cost_usd }) => (
              <li key={key}>
                <strong>{key}</strong> {cost_usd > 0 && `$${cost_usd.toFixed(4)} `}
                <code>{cut(JSON.stringify(value), 300)}</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Branch({ row, before }: { readonly row: LoopStep["steps"][number]; readonly before: unknown }) {
  const { branch, state, status, decision, input, score, error, error_stack } = row;
  const facts = [
    branch,
    input === null ? "from what the loop began with" : `from step ${input.step}`,
    decision,
    score === null ? "" : `score ${valueText(score)}`,
    durationText(row.duration_ms),
  ];
  return (
    <>
      <p className="run-facts">
        <Standing of={status === "ok" ? "done" : status} /> {facts.filter(Boolean).join(" · ")}
      </p>
      {error !== null && <pre className="bad-text">{error_stack ?? error}</pre>}
      {[row.score_error, row.cost_error].filter(Boolean).map((text) => <p key={text} className="view-error">{text}</p>)}
      {state !== undefined && before !== undefined && (
        <>
          <h4>What it changed</h4>
          <JsonTree before={JSON.stringify(before)} after={JSON.stringify(state)} />
        </>
      )}
      {state !== undefined && (
        <>
          <h4>State</h4>
          <pre>{cut(JSON.stringify(state, null, 2), MOST)}</pre>
        </>
      )}
    </>
  );
}

/** More than one try, or one that was lost. */
function Tries({ attempts }: Pick<LoopStep, "attempts">) {
  if (attempts.length < 2 && attempts.every(({ status }) => status === "ok" || status === "error")) return null;
  return (
    <>
      <h4>Tries</h4>
      <ul>
        {attempts.map(({ branch, attempt, status, actual_usd, reserved_usd, error }) => (
          <li key={`${branch} ${attempt}`}>
            {branch} {attempt}: {status},{" "}
            {actual_usd === undefined ? `$${reserved_usd.toFixed(4)} reserved` : `$${actual_usd.toFixed(4)}`}
            {error !== undefined && <span className="bad-text">{error}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
