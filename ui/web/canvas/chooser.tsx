import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { search } from "../../graph/fuzzy.ts";
import { shownText } from "../../graph/shown_text.ts";
import type { Point } from "../../graph/sizes.ts";

/** One thing that can be chosen. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  /** What it is, in a word. */
  readonly note?: string;
  readonly icon?: ReactNode;
}

/** A list to choose from. */
export interface ChooserProps<T extends Choice> {
  readonly at: Point;
  readonly label: string;
  readonly placeholder: string;
  readonly choices: readonly T[];
  /** From so many letters on it searches; with fewer the list stands as it is. */
  readonly from?: number;
  readonly onChoose: (choice: T) => void;
  readonly onClose: () => void;
}

const MOST = 50;

/** A field and the choices that fit what is typed: arrows, Enter; Escape and Tab close it. */
export function Chooser<T extends Choice>(props: ChooserProps<T>) {
  const { at, label, placeholder, choices, from = 1, onChoose, onClose } = props;
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const place = useRef<HTMLDivElement>(null);
  const id = useId();
  const letters = text.trim();
  const found = letters.length < from ? choices : search(letters, choices, (choice) => choice.label);
  const shown = found.slice(0, MOST);
  useEffect(() => {
    const elsewhere = (event: Event) => place.current?.contains(event.target as Node) || onClose();
    addEventListener("pointerdown", elsewhere, true);
    return () => removeEventListener("pointerdown", elsewhere, true);
  }, [onClose]);
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [active, id]);
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Escape" || event.key === "Tab") return event.preventDefault(), onClose();
    if (event.key === "Enter" && shown[active] !== undefined) return event.preventDefault(), onChoose(shown[active]);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || shown.length === 0) return;
    event.preventDefault();
    setActive((active + step + shown.length) % shown.length);
  };
  return (
    <div className="chooser" style={within(at)} ref={place} role="dialog" aria-label={label}>
      <input
        autoFocus
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={shown.length > 0 ? `${id}-${active}` : undefined}
        aria-label={label}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={({ target }) => (setText(target.value), setActive(0))}
        onKeyDown={onKeyDown}
      />
      <ul className="choices" role="listbox" id={id} aria-label={label}>
        {shown.map((choice, index) => (
          <li
            key={choice.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            onPointerEnter={() => setActive(index)}
            onClick={() => onChoose(choice)}
          >
            {choice.icon}
            <span className="label" title={shownText(choice.label)}>{shownText(choice.label)}</span>
            {choice.note !== undefined && <span className="note">{choice.note}</span>}
          </li>
        ))}
      </ul>
      <p className="count" role="status">
        {shown.length === 0 ? "Nothing fits" : found.length > MOST ? `${MOST} of ${found.length}` : ""}
      </p>
    </div>
  );
}

const EXTENT = { width: 320, height: 340 };

/** At the pointer, and never beyond the edge of the window. */
function within({ x, y }: Point) {
  return {
    left: Math.max(8, Math.min(x, innerWidth - EXTENT.width - 8)),
    top: Math.max(8, Math.min(y, innerHeight - EXTENT.height - 8)),
  };
}
