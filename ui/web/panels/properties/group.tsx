import { useState } from "react";
import type { Value } from "../../../../core/graph/text/mod.ts";
import { dissolve, GROUP_COLORS, onceOnly, renameGroup, repeatGroup } from "../../../graph/groups.ts";
import { IconButton } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { useApp, useAppState } from "../../state/use_app.ts";
import { useSides } from "../../state/use_sides.ts";
import { useEditing } from "./editing.ts";
import { Heading } from "./heading.tsx";
import { Repeated } from "./repeated.tsx";
import { Standing } from "./standing.tsx";

/** Steps that belong together, and running them several times. */
export function GroupProperties({ name }: { readonly name: string }) {
  const app = useApp();
  const { pick } = useSides();
  const canvas = useAppState(({ canvas }) => canvas);
  const value = useAppState(({ value }) => value);
  const editing = useEditing(name, ["groups", name], ["pipeline", blockOf(value, name)]);
  const index = canvas.groups.findIndex((group) => group.name === name);
  const group = canvas.groups[index];
  const [count, setCount] = useState("3");
  if (group === undefined) return null;
  return (
    <>
      <Heading
        name={name}
        what={
          <>
            <span className="swatch" style={{ background: `var(--group-${index % GROUP_COLORS})` }} />{" "}
            {group.isRepeated ? "repeated group" : "group"}
          </>
        }
      />
      {group.isRepeated && <Standing name={name} what="group" />}
      <Field label="Name" value={name} isLate onChange={(text) => void app.act(renameGroup(name, text))} />
      <h3>Steps</h3>
      <div className="chips">
        {group.members.map((member) => <button type="button" key={member} onClick={() => pick(member)}>{member}
        </button>)}
      </div>
      <div className="row-buttons">
        {!group.isRepeated && (
          <IconButton
            icon="play"
            label="Run the group"
            text="Run the group"
            onClick={() => void app.run({ mode: "group", names: [name] })}
          />
        )}
        <IconButton
          icon="close"
          label="Dissolve the group"
          text="Dissolve"
          title="The steps stay, the group goes"
          onClick={() => void app.act(dissolve(canvas, name))}
        />
      </div>
      <h3>Repeating</h3>
      {group.isRepeated
        ? (
          <>
            <Repeated members={group.members} editing={editing} />
            <button type="button" onClick={() => void app.act(onceOnly(group))}>Run once only</button>
          </>
        )
        : (
          <Field
            label="Run all of it so many times"
            value={count}
            onChange={setCount}
            error={/^[1-9]\d*$/.test(count) ? undefined : "A whole number, 1 or more"}
            after={
              <IconButton
                icon="repeat"
                label="Repeat the group"
                text="Repeat"
                onClick={() => void app.act(repeatGroup(group, value, Number(count)))}
              />
            }
          />
        )}
    </>
  );
}

/** Where the block of a group stands in the list of steps. */
function blockOf(value: Value | undefined, name: string): number {
  const list = value instanceof Map ? value.get("pipeline") : undefined;
  return Array.isArray(list)
    ? list.findIndex((item) => item instanceof Map && item.get("group") === name && item.has("steps"))
    : -1;
}
