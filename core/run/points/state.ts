import type { Sweep } from "../../sweep/mod.ts";
import type { Freshness, StepState } from "../session/request.ts";

/** Reasons shown of a step with many points. */
const MOST_REASONS = 5;

/** The state of each step of a sweep as the file has it: all of its points in one row. */
export function statesByStep(
  names: readonly string[],
  states: ReadonlyMap<string, StepState>,
  sweep: Sweep,
): readonly StepState[] {
  const byStep = new Map<string, StepState[]>();
  for (const [clone, { step }] of sweep.clones) {
    const list = byStep.get(step);
    const state = states.get(clone)!;
    if (list === undefined) byStep.set(step, [state]);
    else list.push(state);
  }
  return names.map((name) => states.get(name) ?? together(name, byStep.get(name)!, sweep));
}

/** The states of one step at all points as one. */
export function together(name: string, states: readonly StepState[], sweep: Sweep): StepState {
  const [first] = states;
  const isDone = ({ state }: StepState) => state === "fresh" || state === "no outputs";
  const points = { fresh: states.filter(isDone).length, total: states.length };
  if (states.every(({ state }) => state === first.state) && first.state !== "stale") {
    return { name, state: first.state, reasons: first.state === "fresh" ? [] : reasonsOf(states, sweep), points };
  }
  const state: Freshness = points.fresh === points.total ? "fresh" : "stale";
  return { name, state, reasons: reasonsOf(states, sweep), points };
}

/** Each reason once, with how many points it is that of. */
function reasonsOf(states: readonly StepState[], { clones }: Sweep): readonly string[] {
  const counts = new Map<string, string[]>();
  for (const { name, state, reasons } of states) {
    const { point } = clones.get(name)!;
    const told = reasons.length === 0 && state === "never run" ? ["never run"] : reasons;
    for (const reason of told.map((text) => text.replaceAll(`@${point.name}`, ""))) {
      const points = counts.get(reason);
      if (points === undefined) counts.set(reason, [point.name]);
      else points.push(point.name);
    }
  }
  const all = [...counts].map(([reason, points]) =>
    points.length === 1 ? `${reason} (${points[0]})` : `${reason} (${points.length} points)`
  );
  return all.length <= MOST_REASONS ? all : [...all.slice(0, MOST_REASONS), `… and ${all.length - MOST_REASONS} more`];
}
