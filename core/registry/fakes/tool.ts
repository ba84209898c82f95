/**
 * A tool in memory, or rather in the workspace that it is handed.
 *
 * @module
 */

import type { Tool } from "../../ports/tool.ts";

/** Where the notes go. */
const NOTES = "notes.txt";

/**
 * A tool that keeps notes in `notes.txt`, one a line.
 *
 * @example Usage
 * ```ts
 * import { memoryTool, memoryWorkspace, type ToolContext } from "@loom/loom";
 * import { deepEqual } from "node:assert/strict";
 *
 * const context: ToolContext = {
 *   signal: new AbortController().signal,
 *   workspace: memoryWorkspace(),
 *   surface: "cli",
 *   run: () => Promise.reject(new Error("No program can be started here")),
 *   progress: () => {},
 * };
 * const { files_changed } = await memoryTool().run({ text: "Buy milk" }, context);
 * deepEqual(files_changed, ["notes.txt"]);
 * ```
 */
export function memoryTool({ name = "note" }: { readonly name?: string } = {}): Tool {
  return {
    info: {
      name,
      description: "Keep a note for later.",
      parameters: { type: "object", properties: { text: { type: "string" } }, required: ["text"] },
      tier: "workspace-write",
      is_mutating: true,
    },
    async run({ text }, { workspace, signal }) {
      if (signal.aborted) return { success: false, output: "", error: "It was called off", files_changed: [] };
      const isThere = await workspace.stat(NOTES) !== undefined;
      const before = isThere ? new TextDecoder().decode(await workspace.readFile(NOTES)) : "";
      await workspace.writeFile(NOTES, new TextEncoder().encode(`${before}${text}\n`));
      return { success: true, output: `Kept: ${text}`, files_changed: [NOTES] };
    },
  };
}
