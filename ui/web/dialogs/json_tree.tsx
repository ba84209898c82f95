import { useEffect, useState } from "react";
import { askText } from "../api/client.ts";
import { type PreviewWish, queryOf } from "../state/previews.ts";

/** Longer files are shown as lines. */
const MOST_BYTES = 4_000_000;
/** Children of one value that are shown at once. */
const MOST = 200;
const CUT = 300;

/** JSON as a tree whose branches open; as lines, where it is long or no JSON at all. */
export function JsonTree({ wish, size, lines }: {
  readonly wish: PreviewWish;
  readonly size: number;
  readonly lines: readonly string[];
}) {
  const [value, setValue] = useState<{ readonly root: unknown }>();
  useEffect(() => {
    let isOver = false;
    if (size > MOST_BYTES) return;
    void askText(`/api/raw?${queryOf(wish)}`).then((text) => {
      const root = parsed(text);
      if (!isOver && root !== undefined) setValue({ root });
    });
    return () => void (isOver = true);
  }, [wish.path, wish.key, wish.file, size]);
  if (value === undefined) return <pre className="page" tabIndex={0} aria-label="JSON">{lines.join("\n")}</pre>;
  return (
    <div className="page json" tabIndex={0} role="region" aria-label="JSON">
      <Branch name="" value={value.root} depth={0} />
    </div>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Broken, or lines of JSON: the lines are shown.
    return undefined;
  }
}

function Branch({ name, value, depth }: { readonly name: string; readonly value: unknown; readonly depth: number }) {
  const [isOpen, setOpen] = useState(depth < 2);
  const [shown, setShown] = useState(MOST);
  if (typeof value !== "object" || value === null) return <Leaf name={name} value={value} />;
  const entries = Object.entries(value);
  const words = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`;
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {name !== "" && <span className="tok-propertyName">{name}</span>} <span className="count">{words}</span>
      </summary>
      {isOpen && (
        <ul>
          {entries.slice(0, shown).map(([key, child]) => (
            <li key={key}>
              <Branch name={key} value={child} depth={depth + 1} />
            </li>
          ))}
          {entries.length > shown && (
            <li>
              <button type="button" onClick={() => setShown(shown + 5 * MOST)}>{entries.length - shown} more</button>
            </li>
          )}
        </ul>
      )}
    </details>
  );
}

function Leaf({ name, value }: { readonly name: string; readonly value: unknown }) {
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  const kind = typeof value === "string" ? "tok-string" : typeof value === "number" ? "tok-number" : "tok-atom";
  return (
    <span className="leaf">
      {name !== "" && <span className="tok-propertyName">{name}</span>}{" "}
      <span className={kind} title={text.length > CUT ? text : undefined}>
        {text.length > CUT ? `${text.slice(0, CUT)}…` : text}
      </span>
    </span>
  );
}
