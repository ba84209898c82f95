import { type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "../kit/button.tsx";
import "./dialog.css";

/** A question over the page. */
export interface DialogProps {
  readonly title: ReactNode;
  readonly size?: "small" | "wide" | "full";
  /** Escape, or the cross. */
  readonly onClose: () => void;
  /** Buttons; that with `data-first` has the focus, and is the one that does least harm. */
  readonly buttons?: ReactNode;
  readonly children?: ReactNode;
}

/** The browser keeps the focus inside, gives it back afterwards, and closes at Escape. */
export function Dialog({ title, size = "small", onClose, buttons, children }: DialogProps) {
  const place = useRef<HTMLDialogElement>(null);
  const isPressed = useRef(false);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    const dialog = place.current!;
    dialog.showModal();
    // What appeared before the dialog was open could not take the focus by itself.
    dialog.querySelector<HTMLElement>("[data-first]")?.focus();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={place}
      className={`dialog ${size}`}
      aria-labelledby={id}
      onCancel={(event) => (event.preventDefault(), onClose())}
      onPointerDown={(event) => void (isPressed.current = event.target === place.current)}
      onClick={(event) => event.target === place.current && isPressed.current && onClose()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div className="inner">
        <header>
          <h2 id={id}>{title}</h2>
          <IconButton icon="close" label="Close" onClick={onClose} />
        </header>
        <div className="content">{children}</div>
        {buttons && <footer>{buttons}</footer>}
      </div>
    </dialog>
  );
}
