/**
 * Plugins: what a module says of itself, and what it offers.
 *
 * @module
 */

import type { MlopsProvider } from "./mlops.ts";
import type { ModelProvider } from "./model.ts";
import type { ModelBuilderProvider } from "./model_builder.ts";
import type { SearchProvider } from "./search.ts";
import type { Tool } from "./tool.ts";

/** The ports a plugin can provide for, with the type of what it provides. */
export interface PortTypes {
  readonly search: SearchProvider;
  readonly mlops: MlopsProvider;
  readonly "model-builder": ModelBuilderProvider;
  readonly model: ModelProvider;
  readonly tool: Tool;
}

/** Name of a port. */
export type PortName = keyof PortTypes;

/** What a plugin asks to be given. Nothing is given that is not asked for, and nothing that a call's tier forbids. */
export interface PluginPermissions {
  /** `workspace`, or folders below it. */
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  /** As in a policy: `api.example.org`, `*.example.org`, `example.org:8080`. */
  readonly hosts?: readonly string[];
  /** Environment variables, by name. */
  readonly variables?: readonly string[];
  /** Programs that loom's launcher may start for it, in a sandbox. */
  readonly programs?: readonly string[];
}

/** What a plugin says of itself. */
export interface PluginManifest {
  /** Lower case letters, digits and dashes. */
  readonly name: string;
  /** Semantic version. */
  readonly version: string;
  readonly description?: string;
  /** Version of this contract. */
  readonly api: 1;
  readonly permissions: PluginPermissions;
}

/** A plugin: its manifest, and what it offers by port and name. */
export interface Plugin extends PluginManifest {
  readonly provides: { readonly [P in PortName]?: Readonly<Record<string, PortTypes[P]>> };
}

/**
 * Makes a plugin of what it says and offers; the default export of its module.
 *
 * A value is what it was given: checking happens where it is loaded, so that a plugin's file needs nothing of loom's.
 */
export type DefinePlugin = (plugin: Plugin) => Plugin;

/** Streams hand over one value at a time; a plain answer is a stream of none with a result. */
export interface PluginCall {
  readonly port: PortName;
  /** Under which name it is provided. */
  readonly name: string;
  /** Method of the port. */
  readonly method: string;
  readonly args: readonly unknown[];
}

/** Limits of one call. */
export interface PluginCallOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds; the plugin is ended if it does not answer. */
  readonly timeoutMs?: number;
  /** What the plugin may ask of loom while it works: method to answer, such as `workspace.readFile`. */
  readonly services?: Readonly<Record<string, (...args: never[]) => unknown>>;
  /** Hears values of a stream, in order. The plugin waits while it has not returned. */
  readonly onItem?: (item: unknown) => void | Promise<void>;
}

/** A plugin that has been loaded, wherever it runs. */
export interface LoadedPlugin {
  readonly manifest: PluginManifest;
  /** Names by port. */
  readonly provides: Readonly<Partial<Record<PortName, readonly string[]>>>;
  /** @throws {LoomError} `plugin-failed`, `plugin-timeout`, `plugin-crashed`, `plugin-broke-contract`, `interrupted`. */
  call(call: PluginCall, options?: PluginCallOptions): Promise<unknown>;
  close(): Promise<void>;
}
