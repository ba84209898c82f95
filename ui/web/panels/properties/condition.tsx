import type { ConditionStep, Predicate } from "../../../../core/graph/pipeline.ts";
import type { Box } from "../../../graph/canvas.ts";
import { Check, Choice, Field } from "../../kit/field.tsx";
import { taskOf } from "../../state/tasks.ts";
import { useAppState } from "../../state/use_app.ts";
import { useSides, useStore } from "../../state/use_sides.ts";
import { Args } from "./args.tsx";
import { useEditing } from "./editing.ts";
import { Heading } from "./heading.tsx";
import { Name } from "./name.tsx";
import { Places } from "./places.tsx";
import { References } from "./references.tsx";
import { Standing } from "./standing.tsx";

const PREDICATES: readonly (readonly [Predicate, string])[] = [
  ["exists", "it exists"],
  ["is_file", "it is a file"],
  ["is_dir", "it is a folder"],
  ["non_empty", "it is not empty"],
  ["count", "so many files match"],
  ["param", "a parameter is set"],
];

/** What the built-in question `count` takes. */
const COUNT = [
  { flag: "pattern", type: "str", default: '"*"', required: false, description: "Which files" },
  {
    flag: "op",
    type: "str",
    default: '">="',
    required: false,
    description: "",
    choices: ["==", "!=", ">", "<", ">=", "<="],
  },
  { flag: "n", type: "int", default: "1", required: false, description: "How many" },
];

/** A question that is answered with true or false. */
export function ConditionProperties({ box, step }: { readonly box: Box; readonly step: ConditionStep }) {
  const { name, script } = step;
  const editing = useEditing(name, ["steps", name], step.at);
  const { tasks } = useSides();
  const known = useStore(tasks);
  const task = script === undefined ? undefined : taskOf(known, script);
  const answer = useAppState(({ run }) => run?.steps.get(name)?.note);
  return (
    <>
      <Heading name={name} what="condition" />
      <Standing name={name} />
      {answer !== undefined && (
        <p>
          It said <strong>{answer}</strong> when it was last asked.
        </p>
      )}
      <Name box={box} label="Name" name={name} />
      {script === undefined
        ? (
          <Choice
            label="Asks whether"
            value={step.predicate ?? "exists"}
            options={PREDICATES}
            onChange={(word) => editing.set(["predicate"], { value: word })}
          />
        )
        : (
          <Field
            label="Script"
            value={script}
            list={known.filter(({ kind }) => kind === "condition").map(({ script }) => script)}
            onChange={(text) => editing.set(["script"], { value: text })}
          />
        )}
      <Check
        label="The other way round"
        checked={step.negate}
        onChange={(isOn) => isOn ? editing.set(["negate"], { value: true }) : editing.remove(["negate"])}
      />
      <Places
        title="Inputs"
        place="inputs"
        declared={task?.inputs ?? [{ name: "data", description: "" }]}
        editing={editing}
      />
      <Args declared={task?.args ?? (step.predicate === "count" ? COUNT : [])} editing={editing} />
      <References texts={[`$${name}`]} />
    </>
  );
}
