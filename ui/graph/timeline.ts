/**
 * A run as a timeline: which bars to draw on so many pixels.
 *
 * @module
 */

import type { Bar, RunView } from "./run_view.ts";

/** What is drawn: a bar, or several that lie too close to tell apart. */
export interface Drawn {
  readonly lane: number;
  /** Pixels. */
  readonly x: number;
  readonly width: number;
  readonly standing: Bar["standing"];
  readonly step: string;
  readonly part?: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  /** How many it stands for. */
  readonly count: number;
  readonly isCritical: boolean;
}

/** Bars closer than this are one, unless one of them has words. */
const LEAST_WIDTH = 3;

/** What is worse is shown where several are one. */
const RANK: Readonly<Record<string, number>> = { failed: 4, cancelled: 3, running: 2, done: 1 };

/** All bars within some pixels; however many there are, no more than fit are drawn. */
export function drawn(
  run: RunView,
  { width, now }: { readonly width: number; readonly now: number },
): readonly Drawn[] {
  const span = Math.max(1, endOf(run, now) - run.startedAt);
  const critical = new Set(run.criticalPath);
  const last = new Map<number, number>();
  const found: Drawn[] = [];
  for (const bar of run.bars ?? []) {
    const x = (bar.startedAt - run.startedAt) / span * width;
    const barWidth = ((bar.endedAt ?? now) - bar.startedAt) / span * width;
    const made = { ...bar, x, width: Math.max(LEAST_WIDTH, barWidth), count: 1, isCritical: critical.has(bar.step) };
    const before = last.get(bar.lane);
    const previous = before === undefined ? undefined : found[before];
    const isClose = previous !== undefined && barWidth < LEAST_WIDTH && x - previous.x - previous.width < 1 &&
      previous.width < LEAST_WIDTH * 2 + previous.count;
    if (isClose && previous.width < width / 20) found[before!] = together(previous, made);
    else {
      last.set(bar.lane, found.length);
      found.push(made);
    }
  }
  return found;
}

function together(a: Drawn, b: Drawn): Drawn {
  const worse = (RANK[b.standing] ?? 0) > (RANK[a.standing] ?? 0) ? b : a;
  const width = Math.max(a.x + a.width, b.x + b.width) - a.x;
  return { ...worse, x: a.x, width, startedAt: a.startedAt, endedAt: b.endedAt, count: a.count + b.count };
}

/** When the run ended, or now. */
export function endOf({ startedAt, durationMs }: RunView, now: number): number {
  return durationMs === undefined ? Math.max(now, startedAt + 1) : startedAt + durationMs;
}

/** Round lengths of time below an axis, not more than fit. */
export function ticks(span: number, most: number): readonly number[] {
  const steps = [1, 2, 5].flatMap((n) => [n, n * 10, n * 100]).concat(
    [1, 2, 5, 10, 15, 30].flatMap((n) => [n * 1_000, n * 60_000]),
    [1, 2, 4, 8, 24].map((n) => n * 3_600_000),
  ).sort((a, b) => a - b);
  const step = steps.find((it) => span / it <= most) ?? Math.ceil(span / most / 86_400_000) * 86_400_000;
  return Array.from({ length: Math.floor(span / step) + 1 }, (_, i) => i * step);
}
