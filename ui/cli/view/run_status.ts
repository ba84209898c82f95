import type { Paint, Palette } from "./colors.ts";

/** Colours the word for how a run or one of its steps stands. */
export function statusPaint(paint: Palette): Paint {
  const paints: Readonly<Record<string, Paint>> = {
    completed: paint.good,
    done: paint.good,
    failed: paint.bad,
    lost: paint.bad,
    running: paint.busy,
    paused: paint.warn,
    stalled: paint.warn,
    budget_exhausted: paint.warn,
    interrupted: paint.warn,
    cancelled: paint.dim,
  };
  return (status) => paints[status]?.(status) ?? status;
}
