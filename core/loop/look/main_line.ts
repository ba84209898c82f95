import type { StepPlace } from "../../ports/loop_store.ts";
import type { RunLook } from "./run_look.ts";

/** A step's place as one text. */
export function placeKey({ step, branch }: StepPlace): string {
  return `${step}/${branch}`;
}

/** The way from the head back to the input: what the run's result stands on. */
export function mainLine({ run, steps }: Pick<RunLook, "run" | "steps">): ReadonlySet<string> {
  const byKey = new Map(steps.map((row) => [placeKey(row), row]));
  const main = new Set<string>();
  for (let at = run.head; at !== undefined; at = byKey.get(placeKey(at))?.input) {
    // A damaged database may go in circles.
    if (main.has(placeKey(at))) break;
    main.add(placeKey(at));
  }
  return main;
}
