import type { Json, Tool, ToolResult } from "../../../core/ports/tool.ts";
import { failed } from "./result.ts";
import { scan, type Scanned } from "./scan.ts";

const MAX_MATCHES = 200;

/** `search_files`. */
export const searchFiles: Tool = {
  info: {
    name: "search_files",
    description: "Find lines of text files in the workspace by a regular expression. At most 200, as file:line: text.",
    parameters: {
      type: "object",
      properties: {
        pattern: { type: "string", minLength: 1, maxLength: 1000, description: "A regular expression of JavaScript" },
        path: { type: "string", description: "The folder or file to look in; the workspace itself unless given" },
        file_pattern: { type: "string", maxLength: 1000, description: "Only files that fit this, such as *.ts" },
      },
      required: ["pattern"],
      additionalProperties: false,
    },
    tier: "read-only",
    is_mutating: false,
  },
  run: async ({ pattern, path = ".", file_pattern }, context) => {
    const expression = expressionOf(String(pattern), "");
    if (typeof expression === "string") return failed(expression);
    const files = file_pattern === undefined ? undefined : String(file_pattern);
    return told(await scan({ pattern: expression, path: String(path), files, maxMatches: MAX_MATCHES }, context));
  },
};

/** The expression, or what is wrong with it. */
export function expressionOf(pattern: string, flags: string): RegExp | string {
  try {
    return new RegExp(pattern, flags);
  } catch (error) {
    if (error instanceof SyntaxError) return `Cannot read the pattern: ${error.message}`;
    throw error;
  }
}

/** What was found, in words. */
export function told({ lines, matches, files, cut }: Scanned, more: { readonly [key: string]: Json } = {}): ToolResult {
  const rest = cut ? ["… there may be more; narrow the search"] : [];
  const output = lines.length === 0 ? "No matches found" : [...lines, ...rest].join("\n");
  return { success: true, output, data: { matches, files, cut, ...more }, files_changed: [] };
}
