/**
 * The plugins that come with loom.
 *
 * @module
 */

import type { Plugin } from "../core/ports/plugin.ts";
import calculator from "./tool/calculator/mod.ts";
import files from "./tool/files/mod.ts";
import git from "./tool/git/mod.ts";
import search from "./tool/search/mod.ts";
import shell from "./tool/shell/mod.ts";

/** One of them, with the folder of its module. */
export interface BuiltIn {
  readonly plugin: Plugin;
  readonly folder: string;
}

/** All of them. Their modules are read here for what they say of themselves; they run in workers, as all plugins do. */
export const builtInPlugins: readonly BuiltIn[] = [
  { plugin: files, folder: "tool/files" },
  { plugin: search, folder: "tool/search" },
  { plugin: shell, folder: "tool/shell" },
  { plugin: git, folder: "tool/git" },
  { plugin: calculator, folder: "tool/calculator" },
];
