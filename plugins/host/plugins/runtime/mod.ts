/**
 * Runs plugins: in workers that hold their rights, or as programs in a sandbox.
 *
 * @module
 */

import type { LoadedPlugin, PluginManifest, PortName } from "../../../../core/ports/plugin.ts";
import type { Sandboxes } from "../../../../core/ports/sandbox.ts";
import type { PluginListener } from "./desk.ts";
import { LazyPlugin } from "./lazy_plugin.ts";
import { ProcessCell, type ProcessSpec } from "./process_cell.ts";
import { builtInOrigin, type BuiltInSource, workerOrigin, type WorkerPluginSource } from "./worker_plugin.ts";

export type { PluginListener, PluginNotice } from "./desk.ts";
export { closeAllPlugins } from "./lazy_plugin.ts";
export { HARMLESS_MODULES, screenModule } from "./screen.ts";
export type { BuiltInSource, WorkerPluginSource } from "./worker_plugin.ts";

/** A plugin of the person's, in a worker. Nothing is read or started before its first call. */
export function loadPlugin(source: WorkerPluginSource): LoadedPlugin {
  return new LazyPlugin(workerOrigin(source));
}

/** One of loom's own plugins, in a worker too. */
export function loadBuiltIn(source: BuiltInSource): LoadedPlugin {
  return new LazyPlugin(builtInOrigin(source));
}

/** A plugin that is a program, in any language. */
export interface ProcessPluginSource extends Omit<ProcessSpec, "plugin"> {
  readonly sandboxes: Pick<Sandboxes, "start">;
  readonly manifest: PluginManifest;
  readonly provides: Readonly<Partial<Record<PortName, readonly string[]>>>;
  readonly onNotice?: PluginListener;
}

/** A plugin in any language, as a program in a sandbox of the operating system. Started by its first call. */
export function loadProcessPlugin(source: ProcessPluginSource): LoadedPlugin {
  const { sandboxes, manifest, provides, onNotice, ...spec } = source;
  const make = () => ProcessCell.start({ ...spec, plugin: manifest.name }, sandboxes, onNotice);
  return new LazyPlugin({ manifest, provides, make });
}
