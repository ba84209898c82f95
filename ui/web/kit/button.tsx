import type { ReactNode } from "react";
import { Icon, type IconName } from "./icons.tsx";
import "./kit.css";

/** A button with a picture. */
export interface IconButtonProps {
  readonly icon: IconName;
  /** Said to those who do not see the picture, and shown when the pointer rests on it. */
  readonly label: string;
  /** More words for the pointer that rests on it. */
  readonly title?: string;
  /** Shown beside the picture; hidden where there is little room. */
  readonly text?: ReactNode;
  readonly kind?: "plain" | "go" | "stop";
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  /** Sends the form it stands in. */
  readonly isSubmit?: boolean;
  readonly onClick?: () => void;
}

/** A button with a picture, and words where there is room. One that cannot be used says why when it is pointed at. */
export function IconButton(
  { icon, label, title, text, kind = "plain", disabled, pressed, isSubmit, onClick }: IconButtonProps,
) {
  return (
    <button
      type={isSubmit ? "submit" : "button"}
      className={`icon-button ${kind}`}
      aria-label={label}
      aria-pressed={pressed}
      title={title ?? label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
      {text !== undefined && <span className="words">{text}</span>}
    </button>
  );
}
