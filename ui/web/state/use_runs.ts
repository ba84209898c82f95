import type { App } from "./app.ts";
import { type RunsState, RunsStore } from "./runs.ts";
import { useApp } from "./use_app.ts";
import { useStore } from "./use_sides.ts";

const known = new WeakMap<App, RunsStore>();

/** The runs of this App; made once. */
export function runsOf(app: App): RunsStore {
  const found = known.get(app) ?? new RunsStore(app);
  known.set(app, found);
  return found;
}

/** The runs of the page's App. */
export function useRuns(): RunsStore {
  return runsOf(useApp());
}

/** A part of what is known of runs. */
export function useRunsState<T>(part: (state: RunsState) => T): T {
  return useStore(useRuns(), part);
}
