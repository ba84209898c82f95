import type { Box } from "../../../graph/canvas.ts";
import { leaveGroup, makeGroup, moveIntoGroup } from "../../../graph/groups.ts";
import { IconButton } from "../../kit/button.tsx";
import { Choice } from "../../kit/field.tsx";
import { useApp, useAppState } from "../../state/use_app.ts";

const NONE = "";
const NEW = "\n";

/** Which group a step is in. */
export function MemberOf({ box, onGroup }: { readonly box: Box; readonly onGroup: (group: string) => void }) {
  const app = useApp();
  const canvas = useAppState(({ canvas }) => canvas);
  const ids = new Set([box.id]);
  const members = canvas.groups.find(({ name }) => name === box.group)?.members;
  const options = [
    [NONE, "no group"] as const,
    ...canvas.groups.map(({ name }) => [name, name] as const),
    [NEW, "a new group"] as const,
  ];
  const change = (group: string) =>
    void app.act(
      group === NONE
        ? leaveGroup(canvas, ids)
        : group === NEW
        ? makeGroup(canvas, ids)
        : moveIntoGroup(canvas, ids, group),
    );
  return (
    <Choice
      label="Group"
      value={box.group ?? NONE}
      options={options}
      onChange={change}
      after={members && (
        <IconButton
          icon="group"
          label={`Properties of ${box.group}`}
          onClick={() => (onGroup(box.group!), app.selectAll(members))}
        />
      )}
    />
  );
}
