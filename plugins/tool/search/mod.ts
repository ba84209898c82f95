/**
 * Tools that find files, and texts in them.
 *
 * @module
 */

import type { Plugin } from "../../../core/ports/plugin.ts";
import { globFind } from "./glob_find.ts";
import { listDirectory } from "./list_directory.ts";
import { ripgrepSearch } from "./ripgrep_search.ts";
import { searchFiles } from "./search_files.ts";

/** Touches no file itself: all it does goes through the workspace that it is handed. */
const plugin: Plugin = {
  name: "search",
  version: "1.0.0",
  description: "Finds files, and texts in them",
  api: 1,
  permissions: { read: ["workspace"], programs: ["rg"] },
  provides: {
    tool: {
      list_directory: listDirectory,
      glob_find: globFind,
      search_files: searchFiles,
      ripgrep_search: ripgrepSearch,
    },
  },
};

export default plugin;
