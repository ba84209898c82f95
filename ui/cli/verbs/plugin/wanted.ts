/**
 * Plugins that the project here wants.
 *
 * @module
 */

import { join } from "node:path";
import { PROJECT_PLUGINS, readWanted, type WantedState, wantedStates } from "../../../../core/plugins/mod.ts";
import type { InstalledPlugin } from "../../../../core/ports/plugin_store.ts";
import type { PluginPlace } from "./desk.ts";

/** What the project wants, and whether it is there. */
export async function wantedHere(
  { context: { files, stores, cwd } }: PluginPlace,
  installed: readonly InstalledPlugin[],
): Promise<readonly WantedState[]> {
  const project = stores.projectOf(cwd);
  return wantedStates(await readWanted(files.readText(join(project, PROJECT_PLUGINS)), project), installed);
}

/** What is wrong with one, and what to do; `undefined` if it is there. */
export function lackOf({ name, source, state }: WantedState): string | undefined {
  if (state === "ok") return undefined;
  const what = state === "not-added" ? "was not added" : "was added, but is not the one that is named there";
  return `${PROJECT_PLUGINS} names ${name}, which ${what}; look at it with 'loom plugin add ${source}'`;
}
