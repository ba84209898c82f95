/**
 * The plugins of a person: files in a folder, and a lock file that says what they must be.
 *
 * @module
 */

import { LoomError, nearest } from "../errors.ts";
import { joinPath } from "../paths.ts";
import type { Clock } from "../ports/clock.ts";
import type { Files } from "../ports/files.ts";
import type {
  Exclusive,
  InstalledPlugin,
  LockedPlugin,
  PluginLoader,
  PluginSource,
  PluginState,
  PluginStore,
} from "../ports/plugin_store.ts";
import { lockText, type PluginLock, readLock } from "./lock.ts";
import { type CheckedPlugin, manifestText } from "./manifest.ts";
import { startOf } from "./policy.ts";
import { rightsDiff } from "./rights_diff.ts";
import { manifestOf } from "./stored_manifest.ts";

/** What keeping plugins needs from outside. */
export interface PluginOutside {
  /** Folder of all plugins, absolute. */
  readonly folder: string;
  readonly files: Files;
  readonly clock: Clock;
  readonly exclusive: Exclusive;
  readonly loader: PluginLoader;
}

/** A plugin that was bundled and checked, and not added. */
export interface PluginCandidate extends CheckedPlugin {
  readonly code: string;
  readonly source: PluginSource;
  /** SHA-256 of the code. */
  readonly digest: string;
  /** SHA-256 of the manifest as it is kept. */
  readonly manifestDigest: string;
}

const CODE = "plugin.js";
const MANIFEST = "manifest.json";

/** Plugins on disk: the store, and what adding and removing do to it. */
export class PluginShelf implements PluginStore {
  readonly #outside: PluginOutside;

  constructor(outside: PluginOutside) {
    this.#outside = outside;
  }

  /** Folder of all plugins, absolute. */
  get folder(): string {
    return this.#outside.folder;
  }

  /** Path of the lock file. */
  get lockPath(): string {
    return joinPath(this.#outside.folder, "lock.json");
  }

  async list(): Promise<readonly InstalledPlugin[]> {
    return await Promise.all([...this.#lock().values()].map((plugin) => this.#look(plugin)));
  }

  async find(name: string): Promise<InstalledPlugin | undefined> {
    const plugin = this.#lock().get(name);
    return plugin === undefined ? undefined : await this.#look(plugin);
  }

  /** As `find`. @throws {LoomError} `unknown-plugin`. */
  async need(name: string): Promise<InstalledPlugin> {
    return await this.find(name) ?? unknown(name, this.#lock());
  }

  load: PluginStore["load"] = async (name, options = {}) => {
    const plugin = await this.need(name);
    if (plugin.state !== "ok") throw notAsAdded(plugin);
    const file = joinPath(plugin.folder, MANIFEST);
    const manifest = manifestOf(this.#outside.files.readText(file) ?? "", file, plugin);
    if (rightsDiff(plugin.granted, manifest.permissions).more.length > 0) throw notGranted(plugin);
    return this.#outside.loader.load({
      ...plugin,
      module: joinPath(plugin.folder, CODE),
      ...startOf(manifest, options),
    });
  };

  /** Puts a plugin in the place of the one with its name, if there is one. What was granted is what it asks for. */
  async put(candidate: PluginCandidate): Promise<InstalledPlugin> {
    return await this.#change(async (plugins) => {
      const { name, version, permissions } = candidate.manifest;
      const before = plugins.get(name);
      this.#write(candidate);
      const { digest, manifestDigest, source, provides } = candidate;
      const addedMs = this.#outside.clock.now();
      const plugin = { name, version, digest, manifestDigest, source, granted: permissions, provides, addedMs };
      this.#save(new Map([...plugins, [name, plugin]]));
      if (before !== undefined && before.version !== version) this.#outside.files.remove(this.#folderOf(before));
      return await this.#look(plugin);
    });
  }

  /** Takes a plugin away, with all its versions. @throws {LoomError} `unknown-plugin`. */
  async remove(name: string): Promise<void> {
    await this.#change((plugins) => {
      if (!plugins.has(name)) unknown(name, plugins);
      this.#save(new Map([...plugins].filter(([other]) => other !== name)));
      this.#outside.files.remove(joinPath(this.#outside.folder, name));
      return Promise.resolve();
    });
  }

  #change<T>(work: (plugins: PluginLock) => Promise<T>): Promise<T> {
    return this.#outside.exclusive.hold(joinPath(this.#outside.folder, ".lock"), () => work(this.#lock()));
  }

  #lock(): PluginLock {
    return readLock(this.#outside.files.readText(this.lockPath), this.lockPath);
  }

  #save(plugins: PluginLock): void {
    this.#outside.files.writeAtomic(this.lockPath, lockText(plugins));
  }

  /** A folder beside it is filled and takes its place: whoever reads meanwhile sees one or the other. */
  #write(candidate: PluginCandidate): void {
    const { files } = this.#outside;
    const folder = this.#folderOf(candidate.manifest);
    const beside = `${folder}.new`;
    files.remove(beside);
    files.makeDirectory(beside);
    files.writeAtomic(joinPath(beside, CODE), candidate.code);
    files.writeAtomic(joinPath(beside, MANIFEST), manifestText(candidate));
    files.move(beside, folder);
  }

  #folderOf({ name, version }: { readonly name: string; readonly version: string }): string {
    return joinPath(joinPath(this.#outside.folder, name), version);
  }

  async #look(plugin: LockedPlugin): Promise<InstalledPlugin> {
    const folder = this.#folderOf(plugin);
    const states = await Promise.all([
      this.#stateOf(joinPath(folder, CODE), plugin.digest),
      this.#stateOf(joinPath(folder, MANIFEST), plugin.manifestDigest),
    ]);
    const changed = [CODE, MANIFEST].filter((_, at) => states[at] !== "ok");
    const state = states.includes("missing") ? "missing" : states.includes("changed") ? "changed" : "ok";
    return { ...plugin, folder, state, changed };
  }

  async #stateOf(path: string, digest: string): Promise<PluginState> {
    const { files } = this.#outside;
    if (files.stat(path)?.kind !== "file") return "missing";
    return !files.isLink(path) && await files.digest(path) === digest ? "ok" : "changed";
  }
}

function unknown(name: string, plugins: PluginLock): never {
  const near = nearest(name, plugins.keys());
  throw new LoomError("unknown-plugin", `There is no plugin '${name}'`, {
    hint: near === undefined ? "'loom plugin list' shows those there are" : `did you mean '${near}'?`,
    data: { name },
  });
}

/** A plugin whose files are not those that a person said yes to. */
export function notAsAdded({ name, state, changed, folder, source }: InstalledPlugin): LoomError {
  const what = state === "missing" ? "is missing" : "was changed after it was added";
  return new LoomError(`plugin-${state}`, `Cannot use the plugin ${name}: ${changed.join(" and ")} ${what}`, {
    hint: `look at ${folder}, then add it again: loom plugin add ${source.asked}`,
    data: { name, folder, changed },
  });
}

/** A plugin that asks for more than stands in the lock file: somebody has changed that. */
function notGranted({ name, source }: InstalledPlugin): LoomError {
  return new LoomError("plugin-not-granted", `Cannot use the plugin ${name}: it asks for more than it was granted`, {
    hint: `look at its rights and add it again: loom plugin add ${source.asked}`,
    data: { name },
  });
}
