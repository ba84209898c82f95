/**
 * Steps of the file in a run: those of repeated groups, which run once in each iteration, and those that a sweep runs
 * once for each point.
 *
 * @module
 */

import { durationText } from "./duration_text.ts";
import type { RunView, StepStanding, StepView } from "./run_view.ts";

/** How many of a run's steps came to what, as the terminal counts them. */
export interface RunCounts {
  readonly succeeded: number;
  readonly skipped: number;
  readonly total: number;
}

/** What was counted when the run ended; before that, what can be counted. */
export function countsOf({ steps, total, counts }: RunView): RunCounts {
  if (counts !== undefined) return counts;
  let [succeeded, skipped] = [0, 0];
  for (const { standing, isFresh } of steps.values()) {
    if (standing === "done" || isFresh) succeeded++;
    else if (standing === "skipped") skipped++;
  }
  return { succeeded, skipped, total };
}

/** `4/6`, or `4/6 (2 skipped)`. */
export function countsText({ succeeded, skipped, total }: RunCounts): string {
  return `${succeeded}/${total}${skippedText(skipped)}`;
}

/** Those that were skipped are told apart. */
export function skippedText(skipped: number): string {
  return skipped === 0 ? "" : ` (${skipped} skipped)`;
}

/** A step of the file in a run; `group` names the repeated group that it stands in. */
export function seenStep(run: RunView | undefined, name: string, group?: string): StepView | undefined {
  if (run === undefined) return undefined;
  const inner = group === undefined ? undefined : run.inner?.get(innerKey(group, name));
  const whole = group ?? name;
  return inner ?? run.steps.get(whole) ?? run.swept?.get(whole);
}

/** What a step of a repeated group is known by. */
export function innerKey(group: string, inner: string): string {
  return `${group}\0${inner}`;
}

/** Iterations whose times are told one by one. */
const MOST_TIMES = 8;

/** A step of a repeated group when it has ended once more. */
export function endedOnceMore(
  before: StepView | undefined,
  { standing, durationMs }: { readonly standing: StepStanding; readonly durationMs: number },
): StepView {
  const times = [...before?.times ?? [], durationMs].slice(-MOST_TIMES);
  const parts = (before?.parts ?? 0) + 1;
  const used = (before?.durationMs ?? 0) + durationMs;
  const cut = parts > times.length ? "… " : "";
  const note = parts === 1 ? undefined : `${parts} iterations: ${cut}${times.map(durationText).join(", ")}`;
  return { standing, parts, times, durationMs: used, note };
}

/** What is worse, or goes on, is told of several. */
const RANK: readonly StepStanding[] = ["running", "failed", "cancelled", "done", "skipped"];

/** Steps that are swept, by the names that the file gives them: what their points came to, and the time they used. */
export function sweptSteps(steps: ReadonlyMap<string, StepView>): ReadonlyMap<string, StepView> {
  const found = new Map<string, { standings: Set<StepStanding>; over: number; all: number; used?: number }>();
  for (const [name, { standing, durationMs, isFresh }] of steps) {
    const at = name.indexOf("@");
    if (at < 0) continue;
    const known = found.get(name.slice(0, at)) ?? { standings: new Set(), over: 0, all: 0 };
    found.set(name.slice(0, at), known);
    known.standings.add(isFresh ? "done" : standing);
    known.all++;
    if (standing !== "running") known.over++;
    if (durationMs !== undefined) known.used = (known.used ?? 0) + durationMs;
  }
  return new Map(Array.from(found, ([name, { standings, over, all, used }]): [string, StepView] => {
    const standing = RANK.find((it) => standings.has(it)) ?? "waiting";
    const note = `${all} ${all === 1 ? "point" : "points"}, time of all together`;
    return [name, { standing, parts: over, partsTotal: all, durationMs: used, note }];
  }));
}
