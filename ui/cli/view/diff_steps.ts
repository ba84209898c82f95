import type { ComparedStep, RunDiff, StepHead } from "../../../core/history/diff/mod.ts";
import type { Palette } from "./colors.ts";
import { bytesText } from "./bytes.ts";
import { durationText } from "./duration.ts";

/** The table of steps, the most telling ones where there are more than `most`. */
export function stepRows(
  { steps }: RunDiff,
  { paint, most }: { readonly paint: Palette; readonly most: number },
): { readonly rows: readonly (readonly string[])[]; readonly left: number; readonly notes: readonly string[] } {
  const shown = steps.length <= most ? steps : telling(steps, most);
  const rows = shown.map(({ name, before, after }) => [
    name,
    standingText(before, paint),
    standingText(after, paint),
    changeText(before, after),
    peakText(before, after),
  ]);
  return { rows, left: steps.length - shown.length, notes: notesOf(steps, paint) };
}

/** Those that only one run has or that ended in another way, then those whose times differ most; in their order. */
function telling(steps: readonly ComparedStep[], most: number): readonly ComparedStep[] {
  const weight = ({ before, after }: ComparedStep) =>
    before?.standing !== after?.standing ? Infinity : Math.abs((after?.durationMs ?? 0) - (before?.durationMs ?? 0));
  const chosen = new Set([...steps].sort((a, b) => compareNumbers(weight(b), weight(a))).slice(0, most));
  return steps.filter((step) => chosen.has(step));
}

function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function standingText(step: StepHead | undefined, paint: Palette): string {
  if (step === undefined) return "-";
  const { standing, durationMs } = step;
  const took = durationMs === undefined ? "" : durationText(durationMs);
  if (standing === "done") return took;
  if (standing === "failed") return paint.bad(`failed ${took}`.trimEnd());
  return `${standing} ${took}`.trimEnd();
}

/** What would be shown as 0.00 s. */
const LEAST_MS = 5;

function changeText(before: StepHead | undefined, after: StepHead | undefined): string {
  if (before?.durationMs === undefined || after?.durationMs === undefined) return "";
  const difference = after.durationMs - before.durationMs;
  if (Math.abs(difference) < LEAST_MS) return "";
  return `${difference < 0 ? "-" : "+"}${durationText(Math.abs(difference))}`;
}

function peakText(before: StepHead | undefined, after: StepHead | undefined): string {
  const [old, now] = [before?.peakBytes, after?.peakBytes];
  if (old === undefined && now === undefined) return "";
  return `${old === undefined ? "-" : bytesText(old)} → ${now === undefined ? "-" : bytesText(now)}`;
}

/** Steps that were done, of which nothing is known: a file changed meanwhile, or the records are gone. */
function notesOf(steps: readonly ComparedStep[], paint: Palette): readonly string[] {
  return (["before", "after"] as const).flatMap((side) => {
    const unknown = steps.filter((step) => isUnknown(step[side])).map(({ name }) => name);
    if (unknown.length === 0) return [];
    const some = unknown.slice(0, 3).join(", ") + (unknown.length > 3 ? ` and ${unknown.length - 3} more` : "");
    const run = side === "before" ? "A" : "B";
    return [paint.dim(`  What went into ${some} in ${run} was not kept: a file changed meanwhile, or it is no task`)];
  });
}

function isUnknown(step: StepHead | undefined): boolean {
  return step !== undefined && !step.isKnown && (step.standing === "done" || step.standing === "fresh");
}
