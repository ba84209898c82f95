import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Icon, type IconName } from "./icons.tsx";
import "./kit.css";

/** One line of a menu; without `onPick` it separates. */
export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  readonly hint?: string;
  readonly disabled?: boolean;
  readonly checked?: boolean;
  readonly onPick: () => void;
}

/** What opens a menu, and its lines. */
export interface MenuProps {
  readonly icon: IconName;
  readonly label: string;
  readonly text?: ReactNode;
  readonly items: readonly (MenuItem | "line")[];
}

/** A menu below a button: arrows move, Escape closes, the focus goes back. */
export function Menu({ icon, label, text, items }: MenuProps) {
  const { isOpen, setOpen, place, button, id } = useOpening();
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const lines = [...place.current!.querySelectorAll<HTMLElement>("[role^=menuitem]:not([disabled])")];
    const at = lines.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    lines.at(to % lines.length)?.focus();
  };
  useEffect(() => {
    if (isOpen) place.current?.querySelector<HTMLElement>("[role^=menuitem]:not([disabled])")?.focus();
  }, [isOpen]);
  return (
    <span className="menu-holder" ref={place}>
      <button
        type="button"
        ref={button}
        className="icon-button plain"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name={icon} />
        {text !== undefined && <span className="words">{text}</span>}
      </button>
      {isOpen && (
        <div className="menu" role="menu" id={id} aria-label={label} tabIndex={-1} onKeyDown={move}>
          {items.map((item, i) =>
            item === "line" ? <hr key={i} /> : (
              <button
                type="button"
                key={item.label}
                role={item.checked === undefined ? "menuitem" : "menuitemcheckbox"}
                aria-checked={item.checked}
                tabIndex={-1}
                disabled={item.disabled}
                onClick={() => (setOpen(false), button.current?.focus(), item.onPick())}
              >
                <span className="tick">{item.checked ? "✓" : item.icon && <Icon name={item.icon} />}</span>
                <span>{item.label}</span>
                {item.hint !== undefined && <kbd>{item.hint}</kbd>}
              </button>
            )
          )}
        </div>
      )}
    </span>
  );
}

/** A small panel below a button, with fields in it. */
export function Drop(
  { icon, label, text, children }: Omit<MenuProps, "items"> & { readonly children: ReactNode },
) {
  const { isOpen, setOpen, place, button, id } = useOpening();
  return (
    <span className="menu-holder" ref={place}>
      <button
        type="button"
        ref={button}
        className="icon-button plain"
        aria-label={label}
        title={label}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name={icon} />
        {text !== undefined && <span className="words">{text}</span>}
      </button>
      {isOpen && <div className="menu drop" role="group" id={id} aria-label={label}>{children}</div>}
    </span>
  );
}

/** Open or not: a click elsewhere, Escape and leaving with the keyboard close it. */
function useOpening() {
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (!isOpen) return;
    const elsewhere = (event: Event) => !place.current?.contains(event.target as Node) && setOpen(false);
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      setOpen(false);
      button.current?.focus();
    };
    addEventListener("pointerdown", elsewhere, true);
    addEventListener("focusin", elsewhere);
    addEventListener("keydown", onKey, true);
    return () => {
      removeEventListener("pointerdown", elsewhere, true);
      removeEventListener("focusin", elsewhere);
      removeEventListener("keydown", onKey, true);
    };
  }, [isOpen]);
  return { isOpen, setOpen, place, button, id };
}
