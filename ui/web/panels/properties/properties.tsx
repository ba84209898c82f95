import { useState } from "react";
import { wholeGroup } from "../../../graph/groups.ts";
import { stepNamed } from "../../../graph/blocked.ts";
import { useAppState } from "../../state/use_app.ts";
import { ConditionProperties } from "./condition.tsx";
import { DataProperties } from "./data.tsx";
import { GroupProperties } from "./group.tsx";
import { ManyProperties, NothingSelected } from "./many.tsx";
import { ParameterProperties } from "./parameter.tsx";
import { SwitchProperties } from "./switch.tsx";
import { TaskProperties } from "./task.tsx";

/** What is selected, and changing it. */
export function Properties() {
  const canvas = useAppState(({ canvas }) => canvas);
  const pipeline = useAppState(({ pipeline }) => pipeline);
  const selection = useAppState(({ selection }) => selection);
  const [group, setGroup] = useState<string>();
  return <div className="properties" key={[...selection].join("\n")}>{shown()}</div>;

  function shown() {
    const boxes = canvas.boxes.filter(({ id }) => selection.has(id));
    if (pipeline === undefined || boxes.length === 0) return <NothingSelected />;
    const whole = wholeGroup(canvas, selection);
    // A step that is all of its group is shown as what was asked for.
    if (whole !== undefined && (boxes.length > 1 || whole === group)) return <GroupProperties name={whole} />;
    if (boxes.length > 1) return <ManyProperties boxes={boxes} />;
    const [box] = boxes;
    if (box.kind === "parameter") return <ParameterProperties box={box} />;
    if (box.kind === "data") return <DataProperties box={box} />;
    const step = stepNamed(pipeline, box.id);
    switch (step?.kind) {
      case "task":
        return <TaskProperties box={box} step={step} onGroup={setGroup} />;
      case "condition":
        return <ConditionProperties box={box} step={step} />;
      case "switch":
        return <SwitchProperties box={box} step={step} />;
      default:
        return <NothingSelected />;
    }
  }
}
