import type { SwitchStep } from "../../../../core/graph/pipeline.ts";
import type { Box } from "../../../graph/canvas.ts";
import { Field } from "../../kit/field.tsx";
import { useAppState } from "../../state/use_app.ts";
import { useEditing } from "./editing.ts";
import { Heading } from "./heading.tsx";
import { Name } from "./name.tsx";
import { References } from "./references.tsx";
import { Standing } from "./standing.tsx";

/** Two ways, of which a condition or parameter takes one. */
export function SwitchProperties({ box, step }: { readonly box: Box; readonly step: SwitchStep }) {
  const { name, condition, data } = step;
  const editing = useEditing(name, ["steps", name], step.at);
  const pipeline = useAppState(({ pipeline }) => pipeline)!;
  const asked = [
    ...pipeline.steps.filter(({ kind }) => kind === "condition").map(({ name }) => `$${name}`),
    ...Array.from(pipeline.parameters.keys(), (parameter) => `$${parameter}`),
  ];
  return (
    <>
      <Heading name={name} what="switch" />
      <Standing name={name} />
      <Name box={box} label="Name" name={name} />
      <Field
        label="Asks"
        value={condition}
        list={asked}
        hint="A condition or a parameter"
        onChange={(text) => editing.set(["condition"], { value: text || null })}
      />
      <Field
        label="Passes on"
        value={data ?? ""}
        list={Array.from(pipeline.data.keys(), (key) => `$${key}`)}
        hint="Data, or a path"
        onChange={(text) => editing.set(["data"], { value: text || null })}
      />
      <References texts={[`$${name}.then`, `$${name}.else`]} />
    </>
  );
}
