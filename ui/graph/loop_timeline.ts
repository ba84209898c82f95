/**
 * When each step of a loop ran, and those of the loops inside it, as the timeline draws runs of any kind.
 *
 * @module
 */

import type { Bar, RunView } from "./run_view.ts";

/** A loop as it is looked at: the members that are needed of what `loom show --json` prints. */
export interface LoopLook {
  readonly run: { readonly id: string; readonly name: string };
  readonly steps: readonly {
    readonly step_n: number;
    readonly branch: string;
    readonly status: string;
    readonly started_at: string;
    readonly duration_ms: number;
  }[];
  readonly children: readonly LoopLook[];
}

/** The run, with a bar for each step: a lane for each of those who work side by side, loops inside below their own. */
export function loopTimeline(look: LoopLook, startedAt: number): RunView {
  const bars = lanesOf([look], 0);
  const ends = bars.map(({ endedAt }) => endedAt!);
  return {
    id: look.run.id,
    name: look.run.name,
    status: "done",
    total: look.steps.length,
    steps: new Map(),
    criticalPath: [],
    startedAt: Math.min(startedAt, ...bars.map((bar) => bar.startedAt)),
    durationMs: Math.max(0, ...ends) - Math.min(startedAt, ...bars.map((bar) => bar.startedAt)),
    seq: 0,
    bars,
    lanes: Math.max(0, ...bars.map(({ lane }) => lane)) + 1,
  };
}

function lanesOf(looks: readonly LoopLook[], first: number): readonly Bar[] {
  if (looks.length === 0) return [];
  const free: number[] = [];
  const all = looks.flatMap((look) => look.steps.map((step) => ({ look, step, at: Date.parse(step.started_at) })));
  const bars = all.toSorted((a, b) => a.at - b.at).map(({ look, step, at }): Bar => {
    const found = free.findIndex((end) => end <= at);
    const lane = found < 0 ? free.length : found;
    free[lane] = at + step.duration_ms;
    return {
      step: `${look.run.name} ${step.step_n}${step.branch && ` ${step.branch}`}`,
      lane: first + lane,
      startedAt: at,
      endedAt: at + step.duration_ms,
      standing: step.status === "ok" ? "done" : "failed",
    };
  });
  return [...bars, ...lanesOf(looks.flatMap(({ children }) => children), first + free.length)];
}
