/**
 * Tools that read and change files.
 *
 * @module
 */

import type { Plugin } from "../../../core/ports/plugin.ts";
import { editFile } from "./edit_file.ts";
import { readFile } from "./read_file.ts";
import { deleteFile, moveFile, writeFile } from "./write_file.ts";

/** Touches no file itself: all it does goes through the workspace that it is handed. */
const plugin: Plugin = {
  name: "files",
  version: "1.0.0",
  description: "Reads, writes, edits, deletes and moves files of the workspace",
  api: 1,
  permissions: { read: ["workspace"], write: ["workspace"] },
  provides: {
    tool: {
      read_file: readFile,
      write_file: writeFile,
      edit_file: editFile,
      delete_file: deleteFile,
      move_file: moveFile,
    },
  },
};

export default plugin;
