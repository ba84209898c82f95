/**
 * From a source to a plugin that could be added: fetched, bundled, asked what it is, checked.
 *
 * @module
 */

import type { Files } from "../ports/files.ts";
import type { PluginLoader, PluginSources } from "../ports/plugin_store.ts";
import { checkPlugin, manifestText } from "./manifest.ts";
import type { PluginCandidate } from "./store.ts";

/** What preparing needs from outside. */
export interface PrepareOutside {
  readonly files: Pick<Files, "digestText">;
  readonly sources: PluginSources;
  readonly loader: PluginLoader;
}

/**
 * Everything about a plugin that a person must know before it is added. Nothing of it has run but in a worker without
 * any right.
 *
 * @throws {LoomError} What fetching and bundling throw; `plugin-invalid`.
 */
export async function preparePlugin(
  source: string,
  outside: PrepareOutside,
  options: { readonly cwd: string; readonly signal?: AbortSignal },
): Promise<PluginCandidate> {
  const bundle = await outside.sources.bundle(source, options);
  const checked = checkPlugin(await outside.loader.claims(bundle.code), source);
  const digest = outside.files.digestText(bundle.code);
  return { ...checked, ...bundle, digest, manifestDigest: outside.files.digestText(manifestText(checked)) };
}
