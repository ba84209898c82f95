import type { Clone, Sweep } from "../../sweep/mod.ts";
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
  const count = (some: readonly StepState[]) =>
    some.reduce((sum, it) => sum + sweep.clones.get(it.name)!.points.length, 0);
  const done = states.filter(({ state }) => state === "fresh" || state === "no outputs");
  const points = { fresh: count(done), total: count(states) };
  if (states.every(({ state }) => state === first.state) && first.state !== "stale") {
    return { name, state: first.state, reasons: first.state === "fresh" ? [] : reasonsOf(states, sweep), points };
  }
  const state: Freshness = points.fresh === points.total ? "fresh" : "stale";
  return { name, state, reasons: reasonsOf(states, sweep), points };
}

/** Each reason once, with what it is that of: some values, or how many points. */
function reasonsOf(states: readonly StepState[], { clones }: Sweep): readonly string[] {
  const found = new Map<string, Clone[]>();
  for (const { name, state, reasons } of states) {
    const clone = clones.get(name)!;
    const told = reasons.length === 0 && state === "never run" ? ["never run"] : reasons;
    for (const reason of told.map((text) => withoutPlaces(text, clones))) {
      const list = found.get(reason);
      if (list === undefined) found.set(reason, [clone]);
      else list.push(clone);
    }
  }
  const all = [...found].map(([reason, [first, ...more]]) => {
    const count = [first, ...more].reduce((sum, { points }) => sum + points.length, 0);
    return more.length === 0 ? `${reason} (${first.place})` : `${reason} (${count} points)`;
  });
  return all.length <= MOST_REASONS ? all : [...all.slice(0, MOST_REASONS), `… and ${all.length - MOST_REASONS} more`];
}

const UPSTREAM = "upstream ";

/** With steps as the file calls them. */
function withoutPlaces(reason: string, clones: Sweep["clones"]): string {
  if (!reason.startsWith(UPSTREAM)) return reason;
  const name = reason.slice(UPSTREAM.length);
  return `${UPSTREAM}${clones.get(name)?.step ?? name}`;
}
