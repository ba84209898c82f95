import { type FormEvent, useState } from "react";
import type { Value } from "../../../../core/graph/text/mod.ts";
import { readValue } from "../../../../core/edit/mod.ts";
import { addParameter } from "../../../graph/boxes.ts";
import { isUnfit, kindOfValue, textOfValue, valueOfText } from "../../../graph/typed_text.ts";
import { shownText } from "../../../graph/shown_text.ts";
import { kindOf } from "../../../graph/values.ts";
import { IconButton } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { DRAGGED, freePoint } from "../../state/dragged.ts";
import { useApp, useAppState } from "../../state/use_app.ts";
import { useSides } from "../../state/use_sides.ts";

/** Values that steps share: changed here, or dragged onto the canvas for another box of one. */
export function Parameters() {
  const parameters = useAppState(({ pipeline }) => pipeline?.parameters);
  if (parameters === undefined) return null;
  return (
    <>
      <ul className="parameters">
        {[...parameters].map(([name, value]) => <Parameter key={name} name={name} value={value} />)}
      </ul>
      <NewParameter />
    </>
  );
}

function Parameter({ name, value }: { readonly name: string; readonly value: Value }) {
  const app = useApp();
  const { pick } = useSides();
  const kind = kindOfValue(value);
  const path = ["parameters", name];
  const text = textOfValue(value);
  const change = (typed: string) =>
    void app.act(
      { label: `change ${name}`, edits: [{ kind: "set", path, ...valueOfText(typed, kind) }] },
      `parameter ${name}`,
    );
  return (
    <li
      draggable
      title="Drag onto the canvas for a copy of it"
      onDragStart={(event) => {
        if (event.target !== event.currentTarget) return event.preventDefault();
        event.dataTransfer.setData(DRAGGED, JSON.stringify({ kind: "parameter", name }));
      }}
    >
      <Field
        label={name}
        shown={
          <button type="button" className="name" title={name} onClick={() => pick(`param_${name}`)}>
            <bdi>{shownText(name)}</bdi> <span className="badge">{kindOf(value)}</span>
          </button>
        }
        value={text}
        error={isUnfit(text, kind) ? "not of its kind" : undefined}
        onChange={change}
      />
    </li>
  );
}

/** A name, and a value as YAML spells it. */
function NewParameter() {
  const app = useApp();
  const { addInView } = useSides();
  const [name, setName] = useState("");
  const [text, setText] = useState("");
  const add = (event: FormEvent) => {
    event.preventDefault();
    const { pipeline } = app.state;
    if (pipeline === undefined || name.trim() === "") return;
    void addInView(addParameter(pipeline, name.trim(), readValue(text), freePoint(app.state)));
    setName("");
    setText("");
  };
  return (
    <form className="new-parameter" onSubmit={add}>
      <input
        type="text"
        aria-label="Name of a new parameter"
        placeholder="name"
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <input
        type="text"
        aria-label="Its value"
        placeholder="value"
        title='As YAML spells it: 0.1 is a number, "0.1" a text'
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <IconButton icon="add" label="Add the parameter" disabled={name.trim() === ""} isSubmit />
    </form>
  );
}
