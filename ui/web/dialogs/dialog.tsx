import { type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "../kit/button.tsx";
import "./dialog.css";

/** A question over the page. */
export interface DialogProps {
  readonly title: ReactNode;
  readonly size?: "small" | "wide" | "full";
  /** Escape, or the cross. */
  readonly onClose: () => void;
  /** Buttons; the first in focus is the one that does least harm. */
  readonly buttons?: ReactNode;
  readonly children?: ReactNode;
}

/** The browser keeps the focus inside, gives it back afterwards, and closes at Escape. */
export function Dialog({ title, size = "small", onClose, buttons, children }: DialogProps) {
  const place = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    const dialog = place.current!;
    dialog.showModal();
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
      onClick={(event) => event.target === place.current && onClose()}
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
