/**
 * Tools by name.
 *
 * @module
 */

import type { PluginManifest } from "../../ports/plugin.ts";
import type { Policy } from "../../ports/policy.ts";
import type { ToolContext, ToolInfo, ToolResult } from "../../ports/tool.ts";
import type { Arguments } from "./types.ts";
import { unknownTool } from "./errors.ts";

/** A tool that can be called, wherever it runs. */
export interface KnownTool {
  readonly info: ToolInfo;
  /** The plugin that it is of. */
  readonly plugin: Pick<PluginManifest, "name" | "version" | "permissions">;
  /** Whether it is one of loom's own. */
  readonly builtIn: boolean;
  /** `policy` is what was granted for this call. */
  run(args: Arguments, context: ToolContext, policy: Policy): Promise<ToolResult>;
}

/** All tools that there are here. */
export interface ToolRegistry {
  /** By name. */
  readonly tools: readonly KnownTool[];
  /** Tools that are never called, because another one has their name. */
  readonly shadowed: readonly KnownTool[];
  /** @throws {LoomError} `unknown-tool`, with the nearest name. */
  find(name: string): KnownTool;
}

/** Makes a registry. Where two have one name the first keeps it, and loom's own come first: nobody answers in their place. */
export function toolRegistry(given: readonly KnownTool[]): ToolRegistry {
  const byName = new Map<string, KnownTool>();
  const shadowed: KnownTool[] = [];
  for (const tool of [...given.filter((it) => it.builtIn), ...given.filter((it) => !it.builtIn)]) {
    if (byName.has(tool.info.name)) shadowed.push(tool);
    else byName.set(tool.info.name, tool);
  }
  const tools = [...byName.values()].sort((a, b) => a.info.name < b.info.name ? -1 : 1);
  const find = (name: string) => {
    const tool = byName.get(name);
    if (tool === undefined) throw unknownTool(name, [...byName.keys()]);
    return tool;
  };
  return { tools, shadowed, find };
}
