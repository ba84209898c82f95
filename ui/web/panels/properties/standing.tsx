import { blockedBy, runnableName } from "../../../graph/blocked.ts";
import { isChanged } from "../../../graph/document.ts";
import { durationText } from "../../../graph/duration_text.ts";
import { seenStep } from "../../../graph/run_steps.ts";
import { IconButton } from "../../kit/button.tsx";
import { useApp, useAppState } from "../../state/use_app.ts";

const UNKNOWN = "Whether it is fresh cannot be told now";
const UNSAVED = "Whether it is fresh is told once it is saved";

/** How a step stands: fresh or not and why, its last run, and running it. */
export function Standing({ name, what = "step" }: { readonly name: string; readonly what?: "step" | "group" }) {
  const app = useApp();
  const pipeline = useAppState(({ pipeline }) => pipeline)!;
  const runs = runnableName(pipeline, name);
  const status = useAppState(({ status }) => status.get(runs));
  const isSaved = useAppState(({ document }) => document !== undefined && !isChanged(document));
  const run = useAppState(({ run }) => run);
  const canvas = useAppState(({ canvas }) => canvas);
  const step = seenStep(run, name, runs === name ? undefined : runs);
  const isRunning = step?.standing === "running";
  const words = runs === name ? `Run this ${what}` : `Run ${runs}`;
  const blocked = blockedBy(name, { pipeline, canvas, run });
  return (
    <div className="facts">
      {isRunning ? <p>It is running{step.note !== undefined && ` (${step.note})`}</p> : (
        <p>
          {status === undefined ? isSaved ? UNKNOWN : UNSAVED : (
            <>
              <span className={`mark ${status.state.replace(" ", "-")}`} /> <strong>{status.state}</strong>
              {status.reasons.length > 0 && `: ${status.reasons.join(", ")}`}
            </>
          )}
        </p>
      )}
      {step !== undefined && !isRunning && (
        <p>
          Last run: <span className={step.standing === "failed" ? "bad-text" : ""}>{step.standing}</span>
          {step.durationMs !== undefined && ` in ${durationText(step.durationMs)}`}
          {step.note !== undefined && ` (${step.note})`}
        </p>
      )}
      {blocked !== undefined && !isRunning && <p className="warn-text">Cannot be run now: {blocked}</p>}
      <div className="row-buttons">
        {isRunning
          ? (
            <IconButton
              icon="stop"
              kind="stop"
              label="Cancel the run"
              text="Cancel"
              onClick={() => void app.cancel()}
            />
          )
          : (
            <IconButton
              icon="play"
              label={words}
              text={words}
              disabled={blocked !== undefined}
              onClick={() => void app.run({ mode: "steps", names: [runs] })}
            />
          )}
      </div>
    </div>
  );
}
