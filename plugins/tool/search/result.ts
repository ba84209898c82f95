import type { ToolResult } from "../../../core/ports/tool.ts";

/** A call that could not do what it should. */
export function failed(error: string): ToolResult {
  return { success: false, output: error, error, files_changed: [] };
}
