/**
 * Plugins on this machine: where they are kept, how they are fetched, bundled and run, put together.
 *
 * @module
 */

import { loadConfig, sandboxLimits } from "../core/config/mod.ts";
import type { Context } from "../core/context.ts";
import { setUp } from "../core/errors.ts";
import { auditEntry, originOf } from "../core/gate/mod.ts";
import { joinPath } from "../core/paths.ts";
import {
  type PluginCandidate,
  pluginPolicy,
  PluginShelf,
  preparePlugin,
  programStart,
  startOf,
  writeProgram,
} from "../core/plugins/mod.ts";
import type { LoadedPlugin, PluginManifest } from "../core/ports/plugin.ts";
import type { PluginLoader } from "../core/ports/plugin_store.ts";
import type { Sandboxes } from "../core/ports/sandbox.ts";
import { hostExclusive } from "../plugins/host/plugins/install/exclusive.ts";
import { hostLoader } from "../plugins/host/plugins/install/loader.ts";
import { hostSources } from "../plugins/host/plugins/install/sources.ts";
import { inTrialFolder } from "../plugins/host/plugins/install/trial.ts";
import type { PluginDesk } from "../ui/cli/base/plugins.ts";

/** The plugins of the person whose context this is. */
export function pluginDesk(context: Context): PluginDesk {
  const { files, clock, env } = context;
  const witness = (plugin: PluginManifest, what: string) => writeDown(context, plugin, what);
  const loader = hostLoader({ env, sandboxes: limited(context), witness });
  const sources = hostSources({ env, subprocesses: () => context.subprocesses });
  return {
    shelf: new PluginShelf({ folder: pluginFolder(env), files, clock, loader, exclusive: hostExclusive }),
    prepare: (source, options) => preparePlugin(source, { files, sources, loader }, options),
    tryOut: (candidate) => tryOut(candidate, { loader, files }),
  };
}

function tryOut(
  { code, digest, files, ...plugin }: PluginCandidate,
  outside: { readonly loader: PluginLoader; readonly files: Context["files"] },
): LoadedPlugin {
  const { loader } = outside;
  const bare = { ...plugin, manifest: { ...plugin.manifest, permissions: {} } };
  if (files === undefined) {
    const { manifest, provides } = bare;
    return loader.load({ module: () => Promise.resolve(code), digest, provides, ...startOf(manifest, {}) });
  }
  return inTrialFolder((folder) => {
    writeProgram({ ...plugin, files }, folder, outside.files);
    return loader.loadProgram(programStart(bare, folder, {}));
  });
}

/** Sandboxes with the limits of the person's settings. */
function limited(context: Context): Pick<Sandboxes, "start"> {
  return {
    start: async (spec) => {
      const { config } = await loadConfig(context);
      return await context.sandboxes.start({ ...spec, limits: { ...sandboxLimits(config), ...spec.limits } });
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
