/**
 * Why a plugin that is kept cannot be used.
 *
 * @module
 */

import { LoomError, nearest } from "../errors.ts";
import type { InstalledPlugin } from "../ports/plugin_store.ts";
import type { PluginLock } from "./lock.ts";
import { shown } from "./manifest.ts";

/** Names that a person can still read. */
const TOLD = 5;

function namesOf(changed: readonly string[]): string {
  const more = changed.length - TOLD;
  return [...changed.slice(0, TOLD).map(shown), ...(more > 0 ? [`${more} more`] : [])].join(" and ");
}

/** There is no such plugin. */
export function unknownPlugin(name: string, plugins: PluginLock): never {
  const near = nearest(name, plugins.keys());
  throw new LoomError("unknown-plugin", `There is no plugin '${name}'`, {
    hint: near === undefined ? "'loom plugin list' shows those there are" : `did you mean '${near}'?`,
    data: { name },
  });
}

/** A plugin whose files are not those that a person said yes to. */
export function notAsAdded({ name, state, changed, folder, source }: InstalledPlugin): LoomError {
  const what = state === "missing" ? "is missing" : "was changed after it was added";
  return new LoomError(`plugin-${state}`, `Cannot use the plugin ${name}: ${namesOf(changed)} ${what}`, {
    hint: `look at ${folder}, then add it again: loom plugin add ${source.asked}`,
    data: { name, folder, changed },
  });
}

/** A plugin that asks for more than stands in the lock file: somebody has changed that. */
export function notGranted({ name, source }: InstalledPlugin): LoomError {
  return new LoomError("plugin-not-granted", `Cannot use the plugin ${name}: it asks for more than it was granted`, {
    hint: `look at its rights and add it again: loom plugin add ${source.asked}`,
    data: { name },
  });
}
