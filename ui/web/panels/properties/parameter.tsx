import type { Box } from "../../../graph/canvas.ts";
import { nameOf } from "../../../graph/boxes.ts";
import { useAppState } from "../../state/use_app.ts";
import { useSides } from "../../state/use_sides.ts";
import { useEditing } from "./editing.ts";
import { Heading } from "./heading.tsx";
import { Name } from "./name.tsx";
import { References } from "./references.tsx";
import { ValueField } from "./value_field.tsx";

/** A value that steps share. */
export function ParameterProperties({ box }: { readonly box: Box }) {
  const { pick } = useSides();
  const name = nameOf(box);
  const editing = useEditing(name, ["parameters", name], ["parameters", name]);
  const canvas = useAppState(({ canvas }) => canvas);
  const own = canvas.boxes.find(({ id }) => id === `param_${name}`) ?? box;
  const copies = new Set(canvas.boxes.filter(({ copyOf }) => copyOf === name).map(({ id }) => id));
  const users = [
    ...new Set(canvas.lines.filter(({ source }) => source === own.id || copies.has(source)).map((it) => it.target)),
  ];
  return (
    <>
      <Heading name={name} what={box.copyOf === undefined ? "parameter" : "copy of a parameter"} />
      <Name box={own} label="Name" name={name} />
      <ValueField
        label="Value"
        value={editing.raw}
        takesReferences={false}
        onChange={(typed) => editing.set([], typed)}
      />
      {box.copyOf !== undefined && <p className="none">All copies change with it.</p>}
      <h3>Used by</h3>
      {users.length === 0 ? <p className="none">No step uses it.</p> : (
        <div className="chips">
          {users.map((user) => <button type="button" key={user} onClick={() => pick(user)}>{user}</button>)}
        </div>
      )}
      <References texts={[`$${name}`]} />
    </>
  );
}
