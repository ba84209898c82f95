/**
 * What a plugin provides, for the registry.
 *
 * @module
 */

import type { Later } from "../ports/loop_store.ts";
import type { LoadedPlugin, PluginManifest, PortName } from "../ports/plugin.ts";
import { providerOver } from "./proxy.ts";
import { PORT_NAMES, type Provided } from "./registry.ts";

/** A plugin that is known and not loaded. */
export interface KnownPlugin {
  readonly manifest: PluginManifest;
  readonly provides: Readonly<Partial<Record<PortName, readonly string[]>>>;
  /** Gives it when one of its providers is made, and not before. */
  load(): Later<LoadedPlugin>;
}

/**
 * Everything that a plugin provides, ready to be registered. Whoever uses it by name does not see that it is a plugin.
 *
 * @example Usage
 * ```ts
 * import { makeRegistry, memoryPlugin, memorySearch, pluginProviders } from "@loom/loom";
 * import { deepEqual } from "node:assert/strict";
 *
 * const manifest = { name: "trio", version: "1.0.0", api: 1, permissions: {} } as const;
 * const plugin = memoryPlugin({ ...manifest, provides: { search: { trio: memorySearch({ candidates: ["a"] }) } } });
 * const registry = makeRegistry();
 * for (const it of pluginProviders({ ...plugin, load: () => plugin })) registry.register(it);
 * deepEqual(registry.list().map(({ port, name, origin }) => [port, name, origin]), [
 *   ["search", "trio", "plugin trio 1.0.0"],
 * ]);
 * ```
 */
export function pluginProviders({ manifest, provides, load }: KnownPlugin): readonly Provided[] {
  const { name: plugin, version, api, permissions: { variables = [] } } = manifest;
  const provided = (port: PortName, name: string): Provided => ({
    port,
    name,
    origin: `plugin ${plugin} ${version}`,
    api,
    variables,
    make: async () => await providerOver(port, name, await load()),
  });
  return PORT_NAMES.flatMap((port) => (provides[port] ?? []).map((name) => provided(port, name)));
}
