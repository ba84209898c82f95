import { useState } from "react";
import { pyStr } from "../../../../core/graph/text/mod.ts";
import type { Task } from "../../api/types.ts";
import { IconButton } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { Icon } from "../../kit/icons.tsx";
import { useAppState } from "../../state/use_app.ts";
import { type Editing, keysOf } from "./editing.ts";

/** Inputs or outputs of a step: those it has, those its script declares besides, and new ones. */
export function Places({ title, place, declared, editing, loop }: {
  readonly title: string;
  readonly place: "inputs" | "outputs";
  readonly declared: Task["inputs"];
  readonly editing: Editing;
  readonly loop?: boolean;
}) {
  const data = useAppState(({ pipeline }) => pipeline?.data);
  const names = keysOf(editing.at(place));
  const list = [...(loop ? [place === "inputs" ? "$loop_item" : "$loop_output"] : []), ...data?.keys() ?? []]
    .map((key) => key.startsWith("$") ? key : `$${key}`);
  const offered = declared.filter(({ name }) => !names.includes(name));
  const [added, setAdded] = useState<string>();
  const add = (name: string) => {
    setAdded(name);
    editing.set([place, name], { value: null });
  };
  return (
    <>
      <h3>{title}</h3>
      {names.map((name) => {
        const about = declared.find((port) => port.name === name);
        const value = editing.at(place, name);
        const text = value === undefined || value === null ? "" : typeof value === "string" ? value : pyStr(value);
        return (
          <Field
            key={name}
            label={`${title.slice(0, -1)} ${name}`}
            shown={<span>{name}{about?.type && <span className="type">: {about.type}</span>}</span>}
            value={text}
            list={list}
            takesFocus={name === added}
            placeholder="$data or a path"
            hint={about?.description || undefined}
            error={text === "" ? "It leads nowhere yet" : undefined}
            onChange={(text) => editing.set([place, name], { value: text === "" ? null : text })}
            after={<IconButton icon="close" label={`Remove ${name}`} onClick={() => editing.remove([place, name])} />}
          />
        );
      })}
      <div className="chips">
        {offered.map(({ name, description }) => (
          <button
            type="button"
            key={name}
            title={description || `Add ${name}`}
            onClick={() => add(name)}
          >
            <Icon name="add" />
            {name}
          </button>
        ))}
        <AddNamed what={title.slice(0, -1).toLowerCase()} taken={names} onAdd={add} />
      </div>
    </>
  );
}

/** A name of the person's own, for a place that no script declares. */
export function AddNamed({ what, taken, onAdd }: {
  readonly what: string;
  readonly taken: readonly string[];
  readonly onAdd: (name: string) => void;
}) {
  const [name, setName] = useState<string>();
  if (name === undefined) {
    return (
      <button type="button" onClick={() => setName("")}>
        <Icon name="add" />another {what}
      </button>
    );
  }
  const isTaken = taken.includes(name.trim());
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "" && !isTaken) onAdd(name.trim());
        setName(undefined);
      }}
    >
      <input
        type="text"
        autoFocus
        aria-label={`Name of another ${what}`}
        placeholder="name, then Enter"
        aria-invalid={isTaken}
        value={name}
        onChange={({ target }) => setName(target.value)}
        onKeyDown={({ key }) => key === "Escape" && setName(undefined)}
        onBlur={() => setName(undefined)}
      />
    </form>
  );
}
