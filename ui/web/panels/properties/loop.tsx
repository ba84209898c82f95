import type { TaskStep } from "../../../../core/graph/pipeline.ts";
import type { Box } from "../../../graph/canvas.ts";
import { endLoop, makeLoop } from "../../../graph/loops.ts";
import { textOfValue } from "../../../graph/typed_text.ts";
import { Check, Field } from "../../kit/field.tsx";
import { Icon } from "../../kit/icons.tsx";
import { useApp, useAppState } from "../../state/use_app.ts";
import type { Editing } from "./editing.ts";

const FIELDS = [
  ["over", "Over", "The folder whose files are gone through"],
  ["into", "Into", "The folder that takes the results"],
  ["filter", "Filter", "Which of them, such as *.png; all without it"],
] as const;

/** A step that runs once for each file of a folder, and making one of it. */
export function Loop({ box, step, editing }: {
  readonly box: Box;
  readonly step: TaskStep;
  readonly editing: Editing;
}) {
  const app = useApp();
  const data = useAppState(({ pipeline }) => pipeline?.data);
  const isLoop = editing.at("loop") instanceof Map;
  if (!isLoop) {
    return (
      <>
        <h3>Loop</h3>
        <button type="button" onClick={() => void app.act(makeLoop(box))}>
          <Icon name="repeat" /> Run once for each file of a folder
        </button>
      </>
    );
  }
  const isParallel = editing.at("loop", "parallel");
  return (
    <>
      <h3>Loop</h3>
      {FIELDS.map(([key, label, hint]) => (
        <Field
          key={key}
          label={label}
          value={textOfValue(editing.at("loop", key))}
          list={key === "filter" ? undefined : Array.from(data?.keys() ?? [], (name) => `$${name}`)}
          hint={hint}
          onChange={(text) =>
            key === "filter" ? editing.put(["loop", key], text) : editing.set(["loop", key], { value: text || null })}
        />
      ))}
      <Check
        label="Several files at a time"
        checked={isParallel === true}
        onChange={(isOn) =>
          isOn ? editing.set(["loop", "parallel"], { value: true }) : editing.remove(["loop", "parallel"])}
      />
      <p className="none">
        Inside it <code>$loop_item</code> is the file, and <code>$loop_output</code> its result in {step.loop?.into}.
      </p>
      <button type="button" onClick={() => void app.act(endLoop(box))}>Run once only</button>
    </>
  );
}
