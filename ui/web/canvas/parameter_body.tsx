import { type KeyboardEvent, useRef, useState } from "react";
import { nameOf, setParameter } from "../../graph/boxes.ts";
import type { Box } from "../../graph/canvas.ts";
import { isUnfit, kindOfValue, textOfValue, valueOfText } from "../../graph/typed_text.ts";
import { shownText } from "../../graph/shown_text.ts";
import { useApp, useAppState } from "../state/use_app.ts";
import { Socket } from "./socket.tsx";

/** A parameter: its name, what kind of value it has, and the value, which can be changed here. */
export function ParameterBody({ box }: { readonly box: Box }) {
  return (
    <>
      <div className="head">
        <span className="label" title={shownText(box.label)}>{shownText(box.label)}</span>
        {box.copyOf !== undefined && <span className="badge" title={`Another box for ${box.copyOf}`}>ref</span>}
        <span className="badge">{box.type}</span>
      </div>
      <div className="detail value" title={shownText(box.detail)}>
        <ParameterValue name={nameOf(box)} />
      </div>
      <Socket box={box.id} handle={box.handles[0]} />
    </>
  );
}

/** A switch for yes and no; other values are typed. Keys reach them in the panel on the right: Enter. */
function ParameterValue({ name }: { readonly name: string }) {
  const app = useApp();
  const value = useAppState(({ pipeline }) => pipeline?.parameters.get(name));
  const [isTyped, setTyped] = useState(false);
  if (typeof value === "boolean") {
    return (
      <button
        type="button"
        role="switch"
        className="nodrag truth"
        tabIndex={-1}
        aria-checked={value}
        aria-label={`Value of ${name}`}
        onClick={() => void app.act(setParameter(name, { value: !value }))}
      >
        {String(value)}
      </button>
    );
  }
  const text = textOfValue(value);
  if (!isTyped) {
    return (
      <button
        type="button"
        className="nodrag typed"
        tabIndex={-1}
        title={shownText(text)}
        onClick={() => setTyped(true)}
      >
        {text === "" ? <em>empty</em> : shownText(text)}
      </button>
    );
  }
  const kind = kindOfValue(value);
  const end = (typed: string) => {
    setTyped(false);
    if (typed !== text) void app.act(setParameter(name, valueOfText(typed, kind)));
  };
  return <ValueInput name={name} text={text} isUnfit={(typed) => isUnfit(typed, kind)} end={end} />;
}

/** Enter and leaving it take what is typed, Escape leaves it as it was. */
function ValueInput({ name, text, isUnfit, end }: {
  readonly name: string;
  readonly text: string;
  readonly isUnfit: (typed: string) => boolean;
  readonly end: (typed: string) => void;
}) {
  const [typed, setTyped] = useState(text);
  const isOver = useRef(false);
  const isWrong = isUnfit(typed);
  const once = (text: string) => {
    if (!isOver.current) end(text);
    isOver.current = true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.key === "Escape") once(text);
    if (event.key === "Enter" && !isWrong) event.currentTarget.blur();
  };
  return (
    <input
      autoFocus
      className="nodrag"
      aria-label={`Value of ${name}`}
      aria-invalid={isWrong}
      title={isWrong ? "Not a number" : undefined}
      value={typed}
      spellCheck={false}
      onFocus={({ target }) => target.select()}
      onChange={({ target }) => setTyped(target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => once(isWrong ? text : typed)}
    />
  );
}
