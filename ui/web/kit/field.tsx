import { type ChangeEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import "./kit.css";

/** A field with its name. */
export interface FieldProps {
  readonly label: string;
  /** Shown as the name; `label` unless given. */
  readonly shown?: ReactNode;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Told when typing ends, not at each stroke. */
  readonly isLate?: boolean;
  readonly placeholder?: string;
  readonly hint?: ReactNode;
  /** Why what stands there cannot be. */
  readonly error?: string;
  readonly isMarked?: boolean;
  readonly isLong?: boolean;
  /** Whoever made it appear types into it next. */
  readonly takesFocus?: boolean;
  readonly disabled?: boolean;
  readonly list?: readonly string[];
  /** Stands behind the field. */
  readonly after?: ReactNode;
}

/** A field for text. What is typed stays as it is typed until the field is left. */
export function Field(props: FieldProps) {
  const { label, shown, value, onChange, isLate, placeholder, hint, error, isMarked, isLong, takesFocus, disabled } =
    props;
  const { list, after } = props;
  const [draft, setDraft] = useState<string>();
  const id = useId();
  const commit = () => {
    if (isLate && draft !== undefined && draft !== value) onChange(draft);
    setDraft(undefined);
  };
  const input = {
    id,
    value: draft ?? value,
    placeholder,
    disabled,
    autoFocus: takesFocus,
    "data-first": takesFocus || undefined,
    "aria-invalid": error !== undefined,
    "aria-describedby": hint || error ? `${id}-hint` : undefined,
    onChange: ({ target }: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      setDraft(target.value);
      if (!isLate) onChange(target.value);
    },
    onBlur: commit,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === "Escape" && draft !== undefined && isLate) return event.stopPropagation(), setDraft(undefined);
      if (event.key === "Enter" && !isLong) commit();
    },
  };
  return (
    <div className={`field ${isMarked ? "marked" : ""}`}>
      <label htmlFor={id}>{shown ?? label}{isMarked && <span className="changed">changed</span>}</label>
      <div className="line">
        {isLong ? <textarea rows={2} {...input} /> : (
          <input
            type="text"
            spellCheck={false}
            autoComplete="off"
            list={list && `${id}-list`}
            {...input}
          />
        )}
        {after}
      </div>
      {list && <datalist id={`${id}-list`}>{list.map((text) => <option key={text} value={text} />)}</datalist>}
      {(hint || error) && <small id={`${id}-hint`} className={error ? "error" : ""}>{error ?? hint}</small>}
    </div>
  );
}

/** A choice of one among some. */
export function Choice(
  { label, shown, value, options, onChange, hint, isMarked, takesFocus, disabled, after }:
    & Pick<
      FieldProps,
      "label" | "shown" | "value" | "onChange" | "hint" | "isMarked" | "takesFocus" | "disabled" | "after"
    >
    & { readonly options: readonly (readonly [value: string, shown: string])[] },
) {
  const id = useId();
  return (
    <div className={`field ${isMarked ? "marked" : ""}`}>
      <label htmlFor={id}>{shown ?? label}{isMarked && <span className="changed">changed</span>}</label>
      <div className="line">
        <select
          id={id}
          value={value}
          disabled={disabled}
          autoFocus={takesFocus}
          aria-describedby={hint ? `${id}-hint` : undefined}
          onChange={({ target }) => onChange(target.value)}
        >
          {options.map(([value, shown]) => <option key={value} value={value}>{shown}</option>)}
        </select>
        {after}
      </div>
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

/** Yes or no. */
export function Check(
  { label, checked, onChange, hint, disabled }: {
    readonly label: ReactNode;
    readonly checked: boolean;
    readonly onChange: (checked: boolean) => void;
    readonly hint?: string;
    readonly disabled?: boolean;
  },
) {
  return (
    <label className="check" title={hint}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={({ target }) => onChange(target.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

/** A part of a panel that can be closed. */
export function Section(
  { title, isOpen, onToggle, tools, children }: {
    readonly title: ReactNode;
    readonly isOpen: boolean;
    readonly onToggle: (isOpen: boolean) => void;
    readonly tools?: ReactNode;
    readonly children: ReactNode;
  },
) {
  const place = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (place.current !== null) place.current.open = isOpen;
  }, [isOpen]);
  return (
    <section className="section">
      <details ref={place} onToggle={({ currentTarget }) => currentTarget.open !== isOpen && onToggle(!isOpen)}>
        <summary>
          <h2>{title}</h2>
        </summary>
        {isOpen && children}
      </details>
      {tools && <div className="tools">{tools}</div>}
    </section>
  );
}
