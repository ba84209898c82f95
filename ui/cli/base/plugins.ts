import type { Context } from "../../../core/context.ts";
import type { PluginCandidate, PluginShelf } from "../../../core/plugins/mod.ts";
import type { LoadedPlugin } from "../../../core/ports/plugin.ts";

/** Plugins of the person who sits here: what the verbs about them need. */
export interface PluginDesk {
  readonly shelf: PluginShelf;
  /** Fetched, bundled, checked; not added. */
  prepare(source: string, options: { readonly cwd: string; readonly signal?: AbortSignal }): Promise<PluginCandidate>;
  /** Loads one that was not added, without any right. */
  tryOut(candidate: PluginCandidate): LoadedPlugin;
}

/** What the verbs about plugins need of the machine, loaded when it is needed. */
export interface PluginParts {
  readonly plugins: (context: Context) => Promise<PluginDesk>;
}
