/**
 * From a source to a plugin that could be added: fetched, bundled, asked what it is, checked.
 *
 * @module
 */

import type { Files } from "../ports/files.ts";
import type { PluginBundle, PluginLoader, PluginSources, ProgramBundle } from "../ports/plugin_store.ts";
import { checkPlugin, manifestText } from "./manifest.ts";
import { fileList, ownProgram, programClaims } from "./program.ts";
import type { PluginCandidate } from "./store.ts";

/** What preparing needs from outside. */
export interface PrepareOutside {
  readonly files: Pick<Files, "digestText" | "digestBytes">;
  readonly sources: PluginSources;
  readonly loader: PluginLoader;
}

/**
 * Everything about a plugin that a person must know before it is added. Nothing of it has run but in a worker without
 * any right; of a program nothing has run.
 *
 * @throws {LoomError} What fetching and bundling throw; `plugin-invalid`.
 */
export async function preparePlugin(
  source: string,
  outside: PrepareOutside,
  options: { readonly cwd: string; readonly signal?: AbortSignal },
): Promise<PluginCandidate> {
  const bundle = await outside.sources.bundle(source, options);
  return "files" in bundle ? fromProgram(bundle, source, outside) : await fromModule(bundle, source, outside);
}

async function fromModule(bundle: PluginBundle, where: string, { loader, files }: PrepareOutside) {
  const checked = checkPlugin(await loader.claims(bundle.code), where);
  const digest = files.digestText(bundle.code);
  return { ...checked, ...bundle, digest, manifestDigest: files.digestText(manifestText(checked)) };
}

function fromProgram({ said, files, source }: ProgramBundle, where: string, outside: PrepareOutside): PluginCandidate {
  const { digestBytes, digestText } = outside.files;
  const checked = checkPlugin(programClaims(said, [...files.keys()]), where);
  const own = ownProgram(checked.command ?? []);
  const listed = [...files].map(([path, bytes]) => ({ path, executable: path === own, digest: digestBytes(bytes) }));
  const code = fileList(listed);
  return {
    ...checked,
    ...{ code, files, source },
    digest: digestText(code),
    manifestDigest: digestText(manifestText(checked)),
  };
}
