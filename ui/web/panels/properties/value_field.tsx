import type { ReactNode } from "react";
import type { TypedValue } from "../../../../core/edit/mod.ts";
import type { Value } from "../../../../core/graph/text/mod.ts";
import {
  isReference,
  isUnfit,
  type Kind,
  kindOfType,
  kindOfValue,
  textOfValue,
  valueOfText,
} from "../../../graph/typed_text.ts";
import { Choice, Field } from "../../kit/field.tsx";
import { useAppState } from "../../state/use_app.ts";

const KINDS: readonly (readonly [Kind, string])[] = [
  ["text", "text"],
  ["number", "number"],
  ["truth", "yes/no"],
  ["yaml", "YAML"],
];

/** A value with its kind. */
export interface ValueFieldProps {
  readonly label: string;
  /** Declared; without it the kind is that of the value, and can be chosen. */
  readonly type?: string;
  readonly value: Value | undefined;
  readonly choices?: readonly unknown[];
  readonly hint?: string;
  readonly isMarked?: boolean;
  readonly takesFocus?: boolean;
  /** Whether `$name` may stand there. */
  readonly takesReferences?: boolean;
  readonly onChange: (typed: TypedValue) => void;
  readonly after?: ReactNode;
}

/** A field for a value: a text stays a text, a number a number; choices are a menu. */
export function ValueField(props: ValueFieldProps) {
  const { label, type, value, choices, hint, isMarked, takesFocus, takesReferences = true, onChange, after } = props;
  const parameters = useAppState(({ pipeline }) => pipeline?.parameters);
  const references = takesReferences ? Array.from(parameters?.keys() ?? [], (name) => `$${name}`) : [];
  const declared = kindOfType(type);
  const kind = declared ?? kindOfValue(value);
  const text = textOfValue(value);
  const shown = <span>{label}{type !== undefined && <span className="type">: {type}</span>}</span>;
  const change = (typed: string) => {
    // A choice that is a number is one, also where nothing else says that it is.
    const isNumber = choices?.some((choice) => typeof choice === "number" && String(choice) === typed) ?? false;
    onChange(valueOfText(typed, isNumber ? "number" : kind));
  };
  if (choices !== undefined || kind === "truth") {
    const known = choices?.map(String) ?? ["true", "false"];
    const options = [...new Set([...known, ...(known.includes(text) ? [] : [text]), ...references])];
    return (
      <Choice
        label={label}
        shown={shown}
        value={text}
        options={options.map((option) => [option, wordsOf(option, known)])}
        hint={hint}
        isMarked={isMarked}
        takesFocus={takesFocus}
        onChange={change}
        after={declared === undefined && choices === undefined ? <>{kinds()}{after}</> : after}
      />
    );
  }
  return (
    <Field
      label={label}
      shown={shown}
      value={text}
      list={references}
      hint={hint}
      isMarked={isMarked}
      takesFocus={takesFocus}
      error={isUnfit(text, kind) ? `Not a ${kind === "number" ? "number" : kind}` : undefined}
      onChange={change}
      after={declared === undefined ? <>{kinds()}{after}</> : after}
    />
  );

  function kinds() {
    return (
      <select
        className="kind"
        aria-label={`Kind of ${label}`}
        value={kind}
        disabled={isReference(text)}
        onChange={({ target }) => onChange(converted(text, target.value as Kind))}
      >
        {KINDS.map(([kind, words]) => <option key={kind} value={kind}>{words}</option>)}
      </select>
    );
  }
}

function wordsOf(option: string, known: readonly string[]): string {
  if (option === "") return "(nothing)";
  return known.includes(option) || isReference(option) ? option : `${option} (not a choice)`;
}

/** The same text as another kind; what has none there begins anew. */
function converted(text: string, kind: Kind): TypedValue {
  const typed = valueOfText(text, kind);
  if (kind === "text" || kindOfValue(typed.value) === kind) return typed;
  return { value: kind === "number" ? 0 : kind === "truth" ? false : null };
}
