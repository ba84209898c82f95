import { Fragment, useRef, useState } from "react";
import type { Canvas } from "../../../graph/canvas.ts";
import { wholeGroup } from "../../../graph/groups.ts";
import { stepNamed } from "../../../graph/blocked.ts";
import { useKeptFocus } from "../../kit/kept_focus.ts";
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
  const place = useRef<HTMLDivElement>(null);
  useKeptFocus(place);
  return (
    <div className="properties" ref={place} tabIndex={-1}>
      <Fragment key={useSameThing(canvas, selection)}>{shown()}</Fragment>
    </div>
  );

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

/** Counts what was shown: a thing that has another name now is still the same, and what is typed into stays. */
function useSameThing({ boxes }: Canvas, selection: ReadonlySet<string>): number {
  const [seen, setSeen] = useState({ selection, count: 0 });
  if (seen.selection === selection) return seen.count;
  const [before] = seen.selection;
  const isRenamed = seen.selection.size === 1 && selection.size === 1 && !boxes.some(({ id }) => id === before);
  const count = isRenamed ? seen.count : seen.count + 1;
  setSeen({ selection, count });
  return count;
}
