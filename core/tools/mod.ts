/**
 * Tools: which there are, and how one is called.
 *
 * @module
 */

export { callTool, type ToolCall, type ToolDeps } from "./call/call.ts";
export { checkArguments } from "./call/arguments.ts";
export type { Assessment, Place } from "./base/types.ts";
export { policyOf } from "./call/policy.ts";
export type { Launch } from "./call/programs.ts";
export { unknownTool } from "./base/errors.ts";
export { type BrokenPlugin, type PluginTools, pluginTools } from "./plugin_tools.ts";
export { callLoaded } from "./call/services.ts";
export { type KnownTool, type ToolRegistry, toolRegistry } from "./base/registry.ts";
// Faces are told where a tool works by paths that a person wrote.
export { joinPath } from "../paths.ts";
