import { useSyncExternalStore } from "react";
import type { Store } from "../../graph/store.ts";
import type { App } from "./app.ts";
import { Sides } from "./sides.ts";
import { useApp } from "./use_app.ts";

const known = new WeakMap<App, Sides>();

/** What stands beside the document of this App; made once. */
export function sidesOf(app: App): Sides {
  const found = known.get(app) ?? new Sides(app);
  known.set(app, found);
  return found;
}

/** What stands beside the page's document. */
export function useSides(): Sides {
  return sidesOf(useApp());
}

/** What a store holds; the view is drawn again when it is another thing. */
export function useStore<T, P = T>(store: Store<T>, part: (value: T) => P = (value) => value as unknown as P): P {
  return useSyncExternalStore(store.subscribe, () => part(store.get()));
}

/** The settings, and changing them. */
export function useSettings() {
  const { settings } = useSides();
  return [useStore(settings), settings] as const;
}
