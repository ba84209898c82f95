import { createContext, useContext, useSyncExternalStore } from "react";
import type { App } from "./app.ts";
import type { AppState } from "./app_state.ts";

/** The page's one App. */
export const AppContext = createContext<App | undefined>(undefined);

/** The App. */
export function useApp(): App {
  const app = useContext(AppContext);
  if (app === undefined) throw new Error("There is no App around this view");
  return app;
}

/** A part of the state; the view is drawn again when that part is another one. */
export function useAppState<T>(part: (state: AppState) => T): T {
  const { store } = useApp();
  return useSyncExternalStore(store.subscribe, () => part(store.get()));
}
