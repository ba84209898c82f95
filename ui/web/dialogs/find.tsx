import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { findBoxes, type Found } from "../../graph/find.ts";
import { Icon, iconOfType } from "../kit/icons.tsx";
import { shownText } from "../../graph/shown_text.ts";
import { useAppState } from "../state/use_app.ts";
import { Dialog } from "./dialog.tsx";
import type { Answers } from "./questions.tsx";
import "./find.css";

/** More are found with more letters. */
const MOST = 60;

/** Steps, data and parameters by a few letters of what stands on them: arrows, Enter. Answers with the box. */
export function Find({ answer }: Answers) {
  const boxes = useAppState(({ canvas }) => canvas.boxes);
  const [letters, setLetters] = useState("");
  const [active, setActive] = useState(0);
  const id = useId();
  const found = findBoxes(letters, boxes);
  const shown = found.slice(0, MOST);
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [active, id]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && shown[active] !== undefined) return answer(shown[active].box.id);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || shown.length === 0) return;
    event.preventDefault();
    setActive((active + step + shown.length) % shown.length);
  };
  return (
    <Dialog title="Find" onClose={() => answer(undefined)}>
      <div className="find">
        <input
          data-first
          type="search"
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={shown.length > 0 ? `${id}-${active}` : undefined}
          aria-label="Find steps, data and parameters"
          placeholder="A name, path, script, argument or value"
          spellCheck={false}
          autoComplete="off"
          value={letters}
          onChange={({ target }) => (setLetters(target.value), setActive(0))}
          onKeyDown={onKeyDown}
        />
        <ul className="choices" role="listbox" id={id} aria-label="What was found">
          {shown.map((one, index) => (
            <li
              key={one.box.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              onPointerEnter={() => setActive(index)}
              onClick={() => answer(one.box.id)}
            >
              <Words found={one} />
            </li>
          ))}
        </ul>
        <p className="none" role="status">
          {found.length === 0 ? "Nothing fits" : found.length > MOST ? `${MOST} of ${found.length} are shown` : ""}
        </p>
      </div>
    </Dialog>
  );
}

function Words({ found: { box, where } }: { readonly found: Found }) {
  return (
    <>
      <Icon name={box.kind === "step" ? "step" : box.kind === "parameter" ? "braces" : iconOfType(box.type)} />
      <span className="label">{shownText(box.label)}</span>
      <span className="where" title={where ?? box.detail}>{shownText(where ?? box.detail)}</span>
      <span className="kind">{box.kind}</span>
    </>
  );
}
