import type { Box } from "../../../graph/canvas.ts";
import { makeGroup } from "../../../graph/groups.ts";
import { Icon } from "../../kit/icons.tsx";
import { allSteps } from "../../state/tasks.ts";
import { useApp, useAppState } from "../../state/use_app.ts";

/** Several things are selected. */
export function ManyProperties({ boxes }: { readonly boxes: readonly Box[] }) {
  const app = useApp();
  const canvas = useAppState(({ canvas }) => canvas);
  const steps = boxes.filter(({ kind }) => kind === "step");
  return (
    <>
      <h2>{boxes.length} selected</h2>
      <div className="chips">
        {boxes.slice(0, 60).map(({ id, label }) => (
          <button type="button" key={id} onClick={() => app.select(id)}>{label}</button>
        ))}
      </div>
      {steps.length > 0 && (
        <button
          type="button"
          onClick={() => void app.act(makeGroup(canvas, new Set(steps.map(({ id }) => id))))}
        >
          <Icon name="group" /> Make a group of {steps.length === 1 ? "the step" : `the ${steps.length} steps`}
        </button>
      )}
    </>
  );
}

/** Nothing is: what there is to know of the pipeline itself. */
export function NothingSelected() {
  const pipeline = useAppState(({ pipeline }) => pipeline);
  const status = useAppState(({ status }) => status);
  const steps = pipeline === undefined ? 0 : allSteps(pipeline).length;
  const states = new Map<string, number>();
  for (const { state } of status.values()) states.set(state, (states.get(state) ?? 0) + 1);
  return (
    <>
      <p className="none">Nothing is selected. Click a box to see what it is and to change it.</p>
      {pipeline !== undefined && (
        <div className="facts">
          <p>
            {steps} {steps === 1 ? "step" : "steps"}, {pipeline.data.size} data, {pipeline.parameters.size}{" "}
            {pipeline.parameters.size === 1 ? "parameter" : "parameters"}
          </p>
          {[...states].map(([state, count]) => (
            <p key={state}>
              <span className={`mark ${state.replace(" ", "-")}`} /> {count} {state}
            </p>
          ))}
        </div>
      )}
    </>
  );
}
