import type { Tool } from "../../../core/ports/tool.ts";
import { count, done } from "./result.ts";

/** `write_file`. */
export const writeFile: Tool = {
  info: {
    name: "write_file",
    description:
      "Write a whole file of the workspace, at most 1 MB: a new one, with the folders above it, or in the place of an old one. To change a part of a file use edit_file.",
    parameters: {
      type: "object",
      properties: {
        path: { type: "string", description: "The file, relative to the workspace" },
        content: { type: "string", description: "All of its text" },
      },
      required: ["path", "content"],
      additionalProperties: false,
    },
    tier: "workspace-write",
    is_mutating: true,
    mutation_target_arg_keys: ["path"],
  },
  run: async ({ path, content }, { workspace }) => {
    const bytes = new TextEncoder().encode(String(content));
    await workspace.writeFile(String(path), bytes);
    return done(`Wrote ${count(bytes.length, "byte")} to ${path}`, { files_changed: [String(path)] });
  },
};

/** `delete_file`. */
export const deleteFile: Tool = {
  info: {
    name: "delete_file",
    description: "Delete a file or an empty folder of the workspace.",
    parameters: {
      type: "object",
      properties: { path: { type: "string", description: "Relative to the workspace" } },
      required: ["path"],
      additionalProperties: false,
    },
    tier: "workspace-write",
    is_mutating: true,
    mutation_target_arg_keys: ["path"],
  },
  run: async ({ path }, { workspace }) => {
    await workspace.remove(String(path));
    return done(`Deleted ${path}`, { files_changed: [String(path)] });
  },
};

/** `move_file`. */
export const moveFile: Tool = {
  info: {
    name: "move_file",
    description: "Move or rename a file or a folder of the workspace. Nothing may be at the destination yet.",
    parameters: {
      type: "object",
      properties: {
        source: { type: "string", description: "What to move, relative to the workspace" },
        destination: { type: "string", description: "Its new path, with its name" },
      },
      required: ["source", "destination"],
      additionalProperties: false,
    },
    tier: "workspace-write",
    is_mutating: true,
    mutation_target_arg_keys: ["source", "destination"],
  },
  run: async ({ source, destination }, { workspace }) => {
    await workspace.move(String(source), String(destination));
    return done(`Moved ${source} to ${destination}`, { files_changed: [String(source), String(destination)] });
  },
};
