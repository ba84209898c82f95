import { useState } from "react";
import { Icon } from "../../kit/icons.tsx";

/** Texts that other places use to refer to this; a click copies one. */
export function References({ texts }: { readonly texts: readonly string[] }) {
  const [copied, setCopied] = useState<string>();
  if (texts.length === 0) return null;
  const copy = (text: string) => void navigator.clipboard.writeText(text).then(() => setCopied(text));
  return (
    <>
      <h3>References to copy</h3>
      <div className="chips">
        {texts.map((text) => (
          <button
            type="button"
            key={text}
            className="mono"
            title={`Copy ${text}`}
            onClick={() => copy(text)}
          >
            <Icon name="copy" />
            {text}
          </button>
        ))}
      </div>
      <small role="status">{copied === undefined ? "" : `${copied} is copied.`}</small>
    </>
  );
}
