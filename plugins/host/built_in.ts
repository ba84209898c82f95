/**
 * Loom's own plugins, each in a worker without a right to anything.
 *
 * @module
 */

import type { LoadedPlugin, Plugin, PortName } from "../../core/ports/plugin.ts";
import { loadBuiltIn } from "./plugins/runtime/mod.ts";

/**
 * Loads one. What it asks for goes through the services of each call; its manifest's rights are the limits of those.
 *
 * @param folder Where its module is, below `plugins/`.
 */
export function builtInPlugin(plugin: Plugin, folder: string): LoadedPlugin {
  const provides = Object.entries(plugin.provides).map(([port, made]) => [port as PortName, Object.keys(made)]);
  return loadBuiltIn({
    ...(Deno.build.standalone ? embedded(plugin.name) : fromSource(folder)),
    manifest: plugin,
    provides: Object.fromEntries(provides),
    env: {},
  });
}

/** To load a module is to read it: that much it may, its own folder. */
function fromSource(folder: string): { readonly url: string; readonly permissions: Deno.PermissionOptionsObject } {
  const url = new URL(`../${folder}/`, import.meta.url);
  return { url: new URL("mod.ts", url).href, permissions: { read: [url] } };
}

/** The binary has each as one text. */
function embedded(name: string): { readonly url: string; readonly permissions: Deno.PermissionOptionsObject } {
  const text = Deno.readTextFileSync(new URL(`./plugin-${name}.bin`, import.meta.url));
  return { url: `data:text/javascript,${encodeURIComponent(text)}`, permissions: {} };
}
