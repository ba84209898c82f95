/**
 * The plugins of a person: files in a folder, and a lock file that says what they must be.
 *
 * @module
 */

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
import { programStart, startOf } from "./policy.ts";
import { changedPaths } from "./program.ts";
import { listBelow, writeProgram } from "./program_files.ts";
import { rightsDiff } from "./rights_diff.ts";
import { notAsAdded, notGranted, unknownPlugin } from "./store_errors.ts";
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

/** A plugin that was fetched and checked, and not added. */
export interface PluginCandidate extends CheckedPlugin {
  /** Of a program the list of its files. */
  readonly code: string;
  /** Of a program. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
  readonly source: PluginSource;
  /** SHA-256 of the code. */
  readonly digest: string;
  /** SHA-256 of the manifest as it is kept. */
  readonly manifestDigest: string;
}

const CODE = "plugin.js";
const MANIFEST = "manifest.json";
/** Of a program. */
const [LIST, FILES] = ["files.txt", "files"];

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
    return await this.find(name) ?? unknownPlugin(name, this.#lock());
  }

  load: PluginStore["load"] = async (name, options = {}) => {
    const plugin = await this.need(name);
    if (plugin.state !== "ok") throw notAsAdded(plugin);
    const { files, loader } = this.#outside;
    const file = joinPath(plugin.folder, MANIFEST);
    const checked = manifestOf(files.readText(file) ?? "", file, plugin);
    const { manifest } = checked;
    if (rightsDiff(plugin.granted, manifest.permissions).more.length > 0) throw notGranted(plugin);
    if (!isSameCommand(plugin.command, checked.command)) throw notGranted(plugin);
    if (checked.command !== undefined) {
      const folder = joinPath(plugin.folder, FILES);
      return loader.loadProgram(programStart(checked, files.realPath(folder) ?? folder, options));
    }
    return loader.load({
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
      const { digest, manifestDigest, source, provides, command } = candidate;
      const addedMs = this.#outside.clock.now();
      const isProgram = command !== undefined && { command };
      const said = { name, version, digest, manifestDigest, source, granted: permissions, provides, ...isProgram };
      const plugin = { ...said, addedMs };
      this.#save(new Map([...plugins, [name, plugin]]));
      if (before !== undefined && before.version !== version) this.#outside.files.remove(this.#folderOf(before));
      return await this.#look(plugin);
    });
  }

  /** Takes a plugin away, with all its versions. @throws {LoomError} `unknown-plugin`. */
  async remove(name: string): Promise<void> {
    await this.#change((plugins) => {
      if (!plugins.has(name)) unknownPlugin(name, plugins);
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
    files.writeAtomic(joinPath(beside, mainOf(candidate)), candidate.code);
    if (candidate.files !== undefined) {
      writeProgram({ ...candidate, files: candidate.files }, joinPath(beside, FILES), files);
    }
    files.writeAtomic(joinPath(beside, MANIFEST), manifestText(candidate));
    files.move(beside, folder);
  }

  #folderOf({ name, version }: { readonly name: string; readonly version: string }): string {
    return joinPath(joinPath(this.#outside.folder, name), version);
  }

  async #look(plugin: LockedPlugin): Promise<InstalledPlugin> {
    const folder = this.#folderOf(plugin);
    const main = mainOf(plugin);
    const states = await Promise.all([
      this.#stateOf(joinPath(folder, main), plugin.digest),
      this.#stateOf(joinPath(folder, MANIFEST), plugin.manifestDigest),
    ]);
    const own = main === LIST && states[0] === "ok" ? await this.#changedBelow(folder) : [];
    const changed = [...[main, MANIFEST].filter((_, at) => states[at] !== "ok"), ...own];
    const state = states.includes("missing") ? "missing" : changed.length > 0 ? "changed" : "ok";
    return { ...plugin, folder, state, changed };
  }

  /** Files of a program that are not as its list says: other ones, none, or more. */
  async #changedBelow(folder: string): Promise<readonly string[]> {
    const { files } = this.#outside;
    const [below, list] = [joinPath(folder, FILES), files.readText(joinPath(folder, LIST)) ?? ""];
    if (files.isLink(below)) return [FILES];
    return changedPaths(list, await listBelow(below, files)).map((path) => `${FILES}/${path}`);
  }

  async #stateOf(path: string, digest: string): Promise<PluginState> {
    const { files } = this.#outside;
    if (files.stat(path)?.kind !== "file") return "missing";
    return !files.isLink(path) && await files.digest(path) === digest ? "ok" : "changed";
  }
}

/** The file whose digest is that of the plugin. */
function mainOf({ command }: Pick<LockedPlugin, "command">): string {
  return command === undefined ? CODE : LIST;
}

/** Whether two plugins are started alike. */
export function isSameCommand(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
