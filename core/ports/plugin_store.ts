/** Plugins on this machine: where they come from, where they lie, and how one is had. */

import type { LoadedPlugin, PluginManifest, PluginPermissions, PortName } from "./plugin.ts";
import type { Policy, Tier } from "./policy.ts";

/** Names of what a plugin offers, by port. */
export type ProvidedNames = Readonly<Partial<Record<PortName, readonly string[]>>>;

/** Where a plugin was fetched from. */
export interface PluginSource {
  /** As it was asked for, paths absolute: an update fetches this again. */
  readonly asked: string;
  /** What that was then: with the exact version or commit. */
  readonly resolved: string;
}

/** One plugin as the lock file names it. */
export interface LockedPlugin {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of `plugin.js`; of a program of `files.txt`, which names the SHA-256 of each of its files. */
  readonly digest: string;
  /** SHA-256 of `manifest.json`. */
  readonly manifestDigest: string;
  readonly source: PluginSource;
  /** What the person said yes to. */
  readonly granted: PluginPermissions;
  readonly provides: ProvidedNames;
  /** What it is started with, if it is a program; absent for a module. */
  readonly command?: readonly string[];
  /** UTC milliseconds. */
  readonly addedMs: number;
}

/** Whether its files are those that were added. */
export type PluginState = "ok" | "changed" | "missing";

/** A plugin that was added. */
export interface InstalledPlugin extends LockedPlugin {
  readonly state: PluginState;
  /** Its folder, absolute. */
  readonly folder: string;
  /** Names of the files that are not what they were. */
  readonly changed: readonly string[];
}

/** What a plugin is loaded for. */
export interface PluginLoadOptions {
  /** What its call may change; `read-only` unless given. Rights above it are left out. */
  readonly tier?: Tier;
  /** Absolute path of the folder that its rights call `workspace`; without one it gets no files. */
  readonly workspace?: string;
}

/** Plugins that a person added. */
export interface PluginStore {
  /** By name, each with the state of its files. */
  list(): Promise<readonly InstalledPlugin[]>;
  find(name: string): Promise<InstalledPlugin | undefined>;
  /**
   * Its code, in a worker that holds what it was granted, as far as the tier allows; a program in a sandbox likewise. The
   * files are checked each time.
   *
   * @throws {LoomError} `unknown-plugin`, `plugin-changed`, `plugin-missing`, and what starting it throws.
   */
  load(name: string, options?: PluginLoadOptions): Promise<LoadedPlugin>;
}

/** What a source was made into. */
export interface PluginBundle {
  /** One ES module; it imports nothing but harmless parts of Node. */
  readonly code: string;
  readonly source: PluginSource;
}

/** A source that is a program: what it says of itself, and all of its files. */
export interface ProgramBundle {
  /** What its `plugin.json` holds, unchecked. */
  readonly said: unknown;
  /** By path, with `/`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly source: PluginSource;
}

/** Fetches plugins and makes one module of each that is no program. */
export interface PluginSources {
  /**
   * @param source As a person types it: a folder, a file, `npm:name@version`, an https or a git address.
   * @throws {LoomError} `plugin-source` if it cannot be had, `plugin-import` if it imports what it may not,
   * `plugin-too-large`, `plugin-syntax`.
   */
  bundle(
    source: string,
    options: { readonly cwd: string; readonly signal?: AbortSignal },
  ): Promise<PluginBundle | ProgramBundle>;
}

/** What a plugin says of itself, unchecked. */
export interface PluginClaims {
  readonly manifest: unknown;
  /** Names by port. */
  readonly provides: unknown;
  /** Of a program: what it is to be started with, and the paths of its files if they are known. */
  readonly program?: { readonly command: unknown; readonly files?: readonly string[] };
}

/** A plugin that is about to be loaded: where its code is, and everything it may do. */
export interface PluginStart {
  /** Path of the file, absolute, or what gives its text. */
  readonly module: string | (() => Promise<string>);
  /** SHA-256 that the text has to have when it is read. */
  readonly digest: string;
  readonly manifest: PluginManifest;
  readonly provides: ProvidedNames;
  /** Permission set of its worker. */
  readonly permissions: Readonly<Record<string, readonly string[] | false>>;
  /** Variables it is given, by name. */
  readonly variables: readonly string[];
}

/** A program that is about to be loaded. */
export interface ProgramStart {
  readonly manifest: PluginManifest;
  readonly provides: ProvidedNames;
  readonly argv: readonly string[];
  /** Of its files, absolute, links resolved; it starts there. */
  readonly folder: string;
  /** Everything it may do. */
  readonly policy: Policy;
}

/** Runs plugins. */
export interface PluginLoader {
  /**
   * What the module says of itself, asked in a worker without any right.
   *
   * @throws {LoomError} `plugin-invalid` if it does not say.
   */
  claims(code: string): Promise<PluginClaims>;
  /** Starts it when it is first called. */
  load(start: PluginStart): LoadedPlugin;
  /** Likewise, in a sandbox of the operating system; its calls are refused where there is none. */
  loadProgram(start: ProgramStart): LoadedPlugin;
}

/** One at a time, among all processes of this machine. */
export interface Exclusive {
  /** Does `work` while nobody else holds `path`, a file that is made if need be. Ends with the process. */
  hold<T>(path: string, work: () => Promise<T>): Promise<T>;
}
