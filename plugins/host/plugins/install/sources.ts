import type { PluginSources } from "../../../../core/ports/plugin_store.ts";
import type { Subprocesses } from "../../../../core/ports/subprocess.ts";
import { bundleTree } from "./bundle.ts";
import { entryOf, readJson } from "./entry.ts";
import { fetchRepository } from "./git.ts";
import { fetchBytes } from "./http.ts";
import { MAX_BUNDLE_BYTES } from "./limits.ts";
import { fetchPackage } from "./npm.ts";
import { readSource, type Source } from "./source.ts";
import { memoryTree, openPath, type SourceTree } from "./tree.ts";

/** What fetching needs of the machine. */
export interface SourcesOutside {
  /** Asked for when a git address is fetched. */
  readonly subprocesses: () => Subprocesses;
  readonly env: Readonly<Record<string, string>>;
}

/** Fetches plugins from folders, files, npm, https and git. */
export function hostSources(outside: SourcesOutside): PluginSources {
  return {
    async bundle(text, { cwd, signal }) {
      const place = readSource(text, cwd);
      const { tree, entry, resolved } = await open(place, outside, signal);
      const source = { asked: place.asked, resolved };
      if (entry === undefined && tree.kind(PROGRAM) === "file") return { ...programOf(tree), source };
      return { code: await bundleTree(tree, entry ?? entryOf(tree)), source };
    },
  };
}

/** The file that says that a folder is a program. */
const PROGRAM = "plugin.json";

function programOf(tree: SourceTree) {
  const files = new Map(tree.list().map((path) => [path, tree.read(path)]));
  return { said: readJson(memoryTree(tree.label, files), PROGRAM), files };
}

interface Opened {
  readonly tree: SourceTree;
  /** The file to begin with, if the source names it. */
  readonly entry?: string;
  readonly resolved: string;
}

async function open(source: Source, { env, subprocesses }: SourcesOutside, signal?: AbortSignal): Promise<Opened> {
  switch (source.kind) {
    case "path":
      return { ...openPath(source.path), resolved: source.path };
    case "npm":
      return await fetchPackage(source, { env, signal });
    case "git":
      return await fetchRepository(source, { env, subprocesses: subprocesses(), signal });
    case "module":
      return await openModule(source.url, signal);
  }
}

/** A module at an address stands alone: what it imports would have to be fetched too, from anywhere. */
async function openModule(start: URL, signal?: AbortSignal): Promise<Opened> {
  const { bytes, url } = await fetchBytes(start, { maxBytes: MAX_BUNDLE_BYTES, signal });
  const name = /\.(m?ts|m?js)$/.exec(start.pathname) ?? /\.(m?ts|m?js)$/.exec(url.pathname);
  const entry = `mod.${name?.[1] ?? "js"}`;
  return { tree: memoryTree(start.href, new Map([[entry, bytes]])), entry, resolved: url.href };
}
