const SIGNS: Readonly<Record<string, string>> = {
  running: "▶",
  waiting: "…",
  pending: "…",
  done: "✓",
  completed: "✓",
  failed: "✕",
  skipped: "»",
  fresh: "✓",
  cancelled: "■",
  interrupted: "■",
  stopped: "■",
};

/** How something stands: a sign and, unless it is left away, the word. */
export function Standing({ of, isShort = false }: { readonly of: string; readonly isShort?: boolean }) {
  return (
    <span className={`run-standing ${of.replace(/\s/g, "-")}`} title={isShort ? of : undefined}>
      <span aria-hidden={!isShort} role={isShort ? "img" : undefined} aria-label={isShort ? of : undefined}>
        {SIGNS[of] ?? "•"}
      </span>
      {!isShort && <span>{of.replaceAll("_", " ")}</span>}
    </span>
  );
}
