/**
 * What is asked of the next runs besides which steps, wherever they are started from.
 *
 * @module
 */

import { Store } from "../../graph/store.ts";
import type { RunWish } from "../api/types.ts";
import type { AppState } from "./app_state.ts";
import type { Settings } from "./settings.ts";

/** Optional steps that are run as well, and values for these runs only, as they are typed. */
export interface ChosenOptions {
  readonly include: readonly string[];
  readonly set: Readonly<Record<string, string>>;
}

const NOTHING: ChosenOptions = { include: [], set: {} };

/** Knows what was chosen; another pipeline begins with nothing. */
export class RunOptionsStore extends Store<ChosenOptions> {
  constructor() {
    super(NOTHING);
  }

  clear = (): void => this.set(NOTHING);

  include(name: string, isIn: boolean): void {
    const { include, set } = this.get();
    const others = include.filter((other) => other !== name);
    this.set({ include: isIn ? [...others, name] : others, set });
  }

  /** An empty text: as the file says. */
  choose(name: string, text: string): void {
    const { include, set: { [name]: _, ...others } } = this.get();
    this.set({ include, set: text === "" ? others : { ...others, [name]: text } });
  }
}

/** What a run is asked for with these. What is a text in the file stays one, also where it looks like a number. */
export function wishWith(
  { include, set }: ChosenOptions,
  { pipeline }: Pick<AppState, "pipeline">,
  { parallel, cached }: Pick<Settings, "parallel" | "cached">,
): Partial<RunWish> {
  const isText = (name: string) => typeof pipeline?.parameters.get(name) === "string";
  const given = Object.entries(set).map(([name, text]) => [name, isText(name) ? [text] as const : text] as const);
  return {
    ...(parallel && { parallel }),
    ...(cached && { cached }),
    ...(include.length > 0 && { include }),
    ...(given.length > 0 && { set: Object.fromEntries(given) }),
  };
}
