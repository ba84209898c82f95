/**
 * Plugins on this machine: where they are kept, how they are fetched, bundled and run, put together.
 *
 * @module
 */

import type { Context } from "../core/context.ts";
import { setUp } from "../core/errors.ts";
import { auditEntry, originOf } from "../core/gate/mod.ts";
import { joinPath } from "../core/paths.ts";
import { pluginPolicy, PluginShelf, preparePlugin, startOf } from "../core/plugins/mod.ts";
import type { PluginManifest } from "../core/ports/plugin.ts";
import { hostExclusive } from "../plugins/host/plugins/install/exclusive.ts";
import { hostLoader } from "../plugins/host/plugins/install/loader.ts";
import { hostSources } from "../plugins/host/plugins/install/sources.ts";
import type { PluginDesk } from "../ui/cli/base/plugins.ts";

/** The plugins of the person whose context this is. */
export function pluginDesk(context: Context): PluginDesk {
  const { files, clock, env } = context;
  const loader = hostLoader(env, (plugin, what) => writeDown(context, plugin, what));
  const sources = hostSources({ env, subprocesses: () => context.subprocesses });
  return {
    shelf: new PluginShelf({ folder: pluginFolder(env), files, clock, loader, exclusive: hostExclusive }),
    prepare: (source, options) => preparePlugin(source, { files, sources, loader }, options),
    tryOut: ({ code, digest, manifest, provides }) => {
      const bare = { ...manifest, permissions: {} };
      return loader.load({ module: () => Promise.resolve(code), digest, provides, ...startOf(bare, {}) });
    },
  };
}

/** Into the log of the person, whose plugin it is. */
function writeDown({ stores, clock, env }: Context, plugin: PluginManifest, reason: string): void {
  const store = stores.openUser(() => {});
  try {
    const origin = originOf(env, false);
    store.audit.append(auditEntry({ event: "blocked", reason, origin, policy: pluginPolicy(plugin, {}) }), clock.now());
  } finally {
    store.close();
  }
}

/** @throws {LoomError} `no-home`. */
function pluginFolder(env: Readonly<Record<string, string>>): string {
  const home = env.HOME || env.USERPROFILE;
  const state = env.LOOM_HOME || (home && joinPath(home, ".loom"));
  if (state) return joinPath(state, "plugins");
  throw setUp("no-home", "Cannot tell where your plugins are kept: HOME is not set", "set HOME, or LOOM_HOME");
}
