import { useState } from "react";
import { readValue } from "../../../../core/edit/mod.ts";
import { isReference, isSameValue, textOfValue } from "../../../graph/typed_text.ts";
import type { TaskArg } from "../../api/types.ts";
import { IconButton } from "../../kit/button.tsx";
import { Icon } from "../../kit/icons.tsx";
import { type Editing, keysOf } from "./editing.ts";
import { AddNamed } from "./places.tsx";
import { ValueField } from "./value_field.tsx";

/** Flags of a step: those it has, each as its script declares it, and those that can be added. */
export function Args({ declared, editing }: { readonly declared: readonly TaskArg[]; readonly editing: Editing }) {
  const flags = keysOf(editing.at("args"));
  const [added, setAdded] = useState<string>();
  const offered = declared.filter(({ flag }) => !flags.includes(flag));
  const add = ({ flag, type, default: preset, choices }: Pick<TaskArg, "flag" | "type" | "default" | "choices">) => {
    setAdded(flag);
    if (preset !== undefined) return editing.set(["args", flag], presetOf(preset, type));
    const value = choices !== undefined && choices.length > 0 ? String(choices[0]) : type === "bool" ? false : "";
    editing.set(["args", flag], { value });
  };
  return (
    <>
      <h3>Arguments</h3>
      {flags.map((flag) => (
        <Arg
          key={flag}
          flag={flag}
          about={declared.find((arg) => arg.flag === flag)}
          editing={editing}
          takesFocus={flag === added}
        />
      ))}
      <div className="chips">
        {offered.map((arg) => (
          <button
            type="button"
            key={arg.flag}
            className={arg.required ? "warn-text" : ""}
            title={[arg.description, arg.required ? "The script requires it" : ""].filter(Boolean).join("\n")}
            onClick={() => add(arg)}
          >
            <Icon name="add" />
            {arg.flag}
            {arg.required && " (required)"}
          </button>
        ))}
        <AddNamed what="argument" taken={flags} onAdd={(flag) => add({ flag, type: "str" })} />
      </div>
    </>
  );
}

function Arg({ flag, about, editing, takesFocus }: {
  readonly flag: string;
  readonly about: TaskArg | undefined;
  readonly editing: Editing;
  readonly takesFocus: boolean;
}) {
  const value = editing.at("args", flag);
  const preset = about?.default === undefined ? undefined : presetOf(about.default, about.type).value;
  const text = textOfValue(value);
  const isMarked = preset !== undefined && !isReference(text) && !isSameValue(value, preset);
  const hints = [
    about?.description,
    preset === undefined ? "" : `Default ${textOfValue(preset)}`,
    about === undefined ? "Not declared by the script" : "",
  ];
  return (
    <ValueField
      label={flag}
      type={about?.type}
      value={value}
      choices={about?.choices}
      isMarked={isMarked}
      takesFocus={takesFocus}
      hint={hints.filter(Boolean).join(". ")}
      onChange={(typed) => editing.set(["args", flag], typed)}
      after={
        <>
          {isMarked && (
            <IconButton
              icon="undo"
              label={`Default of ${flag}`}
              onClick={() => editing.set(["args", flag], presetOf(about!.default!, about!.type))}
            />
          )}
          <IconButton
            icon="close"
            label={`Remove ${flag}`}
            title={about?.required ? `${flag} is required by the script and cannot be removed` : `Remove ${flag}`}
            disabled={about?.required}
            onClick={() => editing.remove(["args", flag])}
          />
        </>
      }
    />
  );
}

/** A declared default: of a flag for texts it is the text, also where that looks like a number. */
function presetOf(preset: string, type: string) {
  const read = readValue(preset);
  return type === "str" && typeof read.value !== "string" ? { value: preset } : read;
}
