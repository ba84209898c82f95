import { durationText } from "../../graph/duration_text.ts";
import type { Look } from "../../graph/look.ts";
import type { StepView } from "../../graph/run_view.ts";
import { useNow } from "../kit/now.ts";

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

/** Whether the step is fresh, and apart from that what became of it in the last run; of one that runs, how long it has. */
export function StepState({ look: { freshness, why, step, isCritical } }: { readonly look: Look }) {
  if (step?.standing === "running") return <Running step={step} />;
  const said = why ? `${freshness}: ${why}` : freshness;
  const ran = step && [step.standing, step.note, durationText(step.durationMs)];
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

/**
 * What it made before does not count while it is made anew. The seconds show that it goes on: whatever moves all the time
 * lets the page draw all the time, and lines of output wait for that.
 */
function Running({ step: { startedAt, note } }: { readonly step: StepView }) {
  const now = useNow(true);
  const since = startedAt === undefined ? "" : secondsText(now - startedAt);
  return (
    <span
      className="run-chip running"
      title={["Running", note].filter(Boolean).join(", ")}
      role="img"
      aria-label="running"
    >
      {STANDING_SIGNS.running}
      {since !== "" && <span className="duration">{since}</span>}
    </span>
  );
}

/** Tenths of a second would only flicker. */
function secondsText(ms: number): string {
  return ms < 60_000 ? `${Math.max(0, Math.floor(ms / 1_000))} s` : durationText(ms);
}
