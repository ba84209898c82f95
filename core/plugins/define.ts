/**
 * What a plugin's file is written with.
 *
 * @module
 */

import type { Plugin } from "../ports/plugin.ts";

/**
 * Says what a plugin is and offers; the default export of its file. Gives back what it was given: checking happens where
 * the plugin is added, so that its file needs nothing of loom's when it runs.
 *
 * @example A plugin with one tool
 * ```ts
 * import { definePlugin } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * const plugin = definePlugin({
 *   name: "greet",
 *   version: "1.0.0",
 *   api: 1,
 *   permissions: {},
 *   provides: {
 *     tool: {
 *       greet: {
 *         info: {
 *           name: "greet",
 *           description: "Greet somebody by name.",
 *           parameters: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
 *           tier: "read-only",
 *           is_mutating: false,
 *         },
 *         run: ({ name }) => Promise.resolve({ success: true, output: `Hello, ${name}!`, files_changed: [] }),
 *       },
 *     },
 *   },
 * });
 * equal(plugin.name, "greet");
 * ```
 *
 * @param plugin What it is and offers.
 * @returns The same value.
 */
export function definePlugin(plugin: Plugin): Plugin {
  return plugin;
}
