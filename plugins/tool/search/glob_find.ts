import type { Tool, ToolResult } from "../../../core/ports/tool.ts";
import type { WorkspaceEntry } from "../../../core/ports/workspace.ts";
import { globMatcher, type Matcher } from "./glob.ts";
import { failed } from "./result.ts";
import { walk } from "./walk.ts";

const MAX_RESULTS = 500;

/** `glob_find`. */
export const globFind: Tool = {
  info: {
    name: "glob_find",
    description:
      "Find files of the workspace by a pattern of their path, such as src/**/*.ts, or of their name, such as *.md. Newest first, at most 500.",
    parameters: {
      type: "object",
      properties: {
        pattern: { type: "string", minLength: 1, maxLength: 1000, description: "*, ?, **, [a-z], {one,other}" },
        path: { type: "string", description: "The folder to look in; the workspace itself unless given" },
      },
      required: ["pattern"],
      additionalProperties: false,
    },
    tier: "read-only",
    is_mutating: false,
  },
  run: async ({ pattern, path = "." }, { workspace, signal }) => {
    const fits = matcherOf(String(pattern));
    if (typeof fits === "string") return failed(fits);
    const folder = String(path);
    const found: WorkspaceEntry[] = [];
    for await (const { entry } of walk(workspace, folder, { signal })) {
      if (entry.kind === "file" && fits(below(entry.path, folder))) found.push(entry);
    }
    found.sort((a, b) => b.mtimeMs - a.mtimeMs || (a.path < b.path ? -1 : 1));
    return told(found);
  },
};

function matcherOf(pattern: string): Matcher | string {
  try {
    return globMatcher(pattern);
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

/** Patterns are about paths from the folder that is looked in. */
function below(path: string, folder: string): string {
  const start = folder.replace(/^\.\/|\/+$/g, "");
  return path.startsWith(`${start}/`) ? path.slice(start.length + 1) : path;
}

function told(found: readonly WorkspaceEntry[]): ToolResult {
  const shown = found.slice(0, MAX_RESULTS).map(({ path }) => path);
  const more = found.length > shown.length ? [`… ${found.length - shown.length} more`] : [];
  const output = found.length === 0 ? "No files found" : [...shown, ...more].join("\n");
  return { success: true, output, data: { files: shown, total: found.length }, files_changed: [] };
}
