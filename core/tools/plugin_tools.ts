/**
 * Tools of plugins that a person added.
 *
 * @module
 */

import { TIERS } from "../gate/mod.ts";
import { isLoomError, LoomError } from "../errors.ts";
import type { LoadedPlugin } from "../ports/plugin.ts";
import type { InstalledPlugin, PluginStore } from "../ports/plugin_store.ts";
import type { Surface, ToolInfo } from "../ports/tool.ts";
import { callLoaded } from "./call/services.ts";
import type { KnownTool } from "./base/registry.ts";

/** Plugins whose tools cannot be had, and why. */
export interface BrokenPlugin {
  readonly name: string;
  readonly reason: string;
}

/** What is told of the tools of all plugins. */
export interface PluginTools {
  readonly tools: readonly KnownTool[];
  readonly broken: readonly BrokenPlugin[];
}

/** Tools of added plugins. Each is asked in a worker without any right; a broken one takes only its own tools away. */
export async function pluginTools(store: PluginStore): Promise<PluginTools> {
  const plugins = (await store.list()).filter(({ provides }) => (provides.tool?.length ?? 0) > 0);
  const told = await Promise.all(plugins.map((plugin) => toolsOf(plugin, store)));
  return { tools: told.flatMap(({ tools }) => tools), broken: told.flatMap(({ broken }) => broken) };
}

async function toolsOf(plugin: InstalledPlugin, store: PluginStore): Promise<PluginTools> {
  try {
    const loaded = await store.load(plugin.name);
    try {
      const infos = await Promise.all((plugin.provides.tool ?? []).map((name) => infoOf(loaded, name)));
      return { tools: infos.map((info) => knownTool(plugin, info, store)), broken: [] };
    } finally {
      await loaded.close();
    }
  } catch (error) {
    return {
      tools: [],
      broken: [{ name: plugin.name, reason: reasonOf(error) }],
    };
  }
}

function reasonOf(error: unknown): string {
  if (isLoomError(error) && error.code === "sandbox-unavailable") return `${error.message}; ${error.hint}`;
  return error instanceof Error ? error.message : String(error);
}

function knownTool(plugin: InstalledPlugin, info: ToolInfo, store: PluginStore): KnownTool {
  const { name, version, granted } = plugin;
  return {
    info,
    plugin: { name, version, permissions: granted },
    builtIn: false,
    run: async (args, context, policy) => {
      const loaded = await store.load(name, { tier: policy.tier, workspace: context.workspace.root });
      try {
        return await callLoaded(loaded, { name: info.name, args, context });
      } finally {
        await loaded.close();
      }
    },
  };
}

const PATIENCE_MS = 10_000;

/** What a tool says of itself, with nothing in it that it should not have. */
async function infoOf(plugin: LoadedPlugin, name: string): Promise<ToolInfo> {
  const call = { port: "tool", name, method: "info", args: [] } as const;
  const told = await plugin.call(call, { timeoutMs: PATIENCE_MS });
  const info = typeof told === "object" && told !== null ? told as Partial<ToolInfo> : {};
  const wrong = faultOf(info, name);
  if (wrong === undefined) return info as ToolInfo;
  throw new LoomError("plugin-broke-contract", `Tool ${name} of plugin ${plugin.manifest.name}: ${wrong}`);
}

const SURFACES: readonly Surface[] = ["tui", "api", "cli"];

function faultOf(info: Partial<ToolInfo>, name: string): string | undefined {
  if (info.name !== name) return `it calls itself '${info.name}'`;
  if (!/^[a-z][a-z0-9_]{0,63}$/.test(name)) return "its name has other characters than a-z, 0-9 and _";
  if (typeof info.description !== "string" || info.description.length > 4000) return "it has no description";
  if (info.parameters?.type !== "object") return "its parameters are no JSON Schema of an object";
  if (info.tier === undefined || !TIERS.includes(info.tier)) return `it has no tier (${TIERS.join(", ")})`;
  if (typeof info.is_mutating !== "boolean") return "it does not say whether it changes anything (is_mutating)";
  const { timeout_seconds: seconds = 1 } = info;
  if (typeof seconds !== "number" || !(seconds > 0 && seconds <= 3600)) {
    return "its time limit is not 1 to 3600 seconds";
  }
  const lists = [info.mutation_target_arg_keys, info.auth_requirements, info.supported_execution_surfaces];
  const isList = (list: unknown) => Array.isArray(list) && list.every((item) => typeof item === "string");
  if (lists.some((list) => list !== undefined && !isList(list))) return "one of its lists is no list of texts";
  const other = info.supported_execution_surfaces?.find((it) => !SURFACES.includes(it));
  return other === undefined ? undefined : `there is no surface '${other}'`;
}
