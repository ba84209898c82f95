import type { Look } from "../../graph/look.ts";

const SIGNS: Readonly<Record<string, string>> = {
  fresh: "✓",
  stale: "!",
  modified: "✎",
  missing: "○",
  "never run": "·",
  "no outputs": "–",
};

const STANDING_SIGNS: Readonly<Record<string, string>> = {
  running: "▶",
  done: "✓",
  failed: "✕",
  skipped: "»",
  cancelled: "■",
  waiting: "…",
};

/** Whether the step is fresh, and apart from that what became of it in the last run. */
export function StepState({ look: { freshness, why, step, isCritical } }: { readonly look: Look }) {
  const said = why ? `${freshness}: ${why}` : freshness;
  const ran = step && [step.standing, step.note, step.durationMs === undefined ? "" : durationText(step.durationMs)];
  const title = step && `Last run: ${ran!.filter(Boolean).join(", ")}${isCritical ? "; on the longest way" : ""}`;
  return (
    <>
      <span className={`mark ${(freshness ?? "unknown").replace(" ", "-")}`} title={said} role="img" aria-label={said}>
        {SIGNS[freshness ?? ""] ?? ""}
      </span>
      {step && (
        <span className={`run-chip ${step.standing}`} title={title} role="img" aria-label={title}>
          {STANDING_SIGNS[step.standing]}
          {step.durationMs !== undefined && <span className="duration">{durationText(step.durationMs)}</span>}
        </span>
      )}
    </>
  );
}

/** A length of time in few letters. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} min ${Math.round((ms % 60_000) / 1_000)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
