import type { TaskStep } from "../../../../core/graph/pipeline.ts";
import type { Box } from "../../../graph/canvas.ts";
import { Check, Field } from "../../kit/field.tsx";
import { taskOf } from "../../state/tasks.ts";
import { useSides, useStore } from "../../state/use_sides.ts";
import { Args } from "./args.tsx";
import { useEditing } from "./editing.ts";
import { Heading } from "./heading.tsx";
import { Loop } from "./loop.tsx";
import { MemberOf } from "./member_of.tsx";
import { Name } from "./name.tsx";
import { Places } from "./places.tsx";
import { References } from "./references.tsx";
import { Robust } from "./robust.tsx";
import { Standing } from "./standing.tsx";

/** A step that runs a script. */
export function TaskProperties({ box, step, onGroup }: {
  readonly box: Box;
  readonly step: TaskStep;
  readonly onGroup: (group: string) => void;
}) {
  const { name } = step;
  const editing = useEditing(name, ["steps", name], step.at);
  const { tasks } = useSides();
  const known = useStore(tasks);
  const task = taskOf(known, step.task);
  const key = editing.at("task") === undefined && editing.at("script") !== undefined ? "script" : "task";
  const flag = (key: string, isOn: boolean) => isOn ? editing.set([key], { value: true }) : editing.remove([key]);
  return (
    <>
      <Heading name={name} what={step.loop === undefined ? "step" : "step, once for each file"} />
      {task?.description && <p className="none">{task.description}</p>}
      <Standing name={name} />
      <Name box={box} label="Name" name={name} />
      <Field
        label="Task"
        value={step.task}
        list={known.map(({ script }) => script)}
        error={task?.exists === false ? "There is no such script" : undefined}
        hint={task?.problem === undefined ? undefined : `Its interface cannot be read: ${task.problem}`}
        onChange={(text) => editing.set([key], { value: text })}
      />
      <Check
        label="Optional: left out unless it is included"
        checked={step.optional}
        onChange={(isOn) => flag("optional", isOn)}
      />
      <Check label="Disabled: left out always" checked={step.disabled} onChange={(isOn) => flag("disabled", isOn)} />
      <MemberOf box={box} onGroup={onGroup} />
      <Places
        title="Inputs"
        place="inputs"
        declared={task?.inputs ?? []}
        editing={editing}
        loop={step.loop !== undefined}
      />
      <Places
        title="Outputs"
        place="outputs"
        declared={task?.outputs ?? []}
        editing={editing}
        loop={step.loop !== undefined}
      />
      <Args declared={task?.args ?? []} editing={editing} />
      <Loop box={box} step={step} editing={editing} />
      <Robust step={step} editing={editing} />
      <References texts={referencesOf(step)} />
    </>
  );
}

/** What other steps write to take what this one makes. */
function referencesOf({ outputs, loop }: TaskStep): readonly string[] {
  const made = [...outputs.values(), ...(loop === undefined ? [] : [loop.into])].filter((text) => text.startsWith("$"));
  const inLoop = loop === undefined ? [] : ["$loop_item", "$loop_output"];
  return [...new Set([...made, ...inLoop])];
}
