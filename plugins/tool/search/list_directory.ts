import type { Tool } from "../../../core/ports/tool.ts";
import { nameOf, walk } from "./walk.ts";

const DEPTH = 2;

const MAX_LINES = 2_000;

/** `list_directory`. */
export const listDirectory: Tool = {
  info: {
    name: "list_directory",
    description: "List a folder of the workspace as a tree of two levels. Folders of what programs make are left out.",
    parameters: {
      type: "object",
      properties: { path: { type: "string", description: "The folder; the workspace itself unless given" } },
      additionalProperties: false,
    },
    tier: "read-only",
    is_mutating: false,
  },
  run: async ({ path = "." }, { workspace, signal }) => {
    const entries = [];
    let total = 0;
    for await (const walked of walk(workspace, String(path), { signal, maxDepth: DEPTH })) {
      total++;
      if (entries.length < MAX_LINES) entries.push(walked);
    }
    // What is in a folder comes later than the folder's neighbours: by path, the tree is in order.
    entries.sort((a, b) => byParts(a.entry.path, b.entry.path));
    const lines = entries.map(({ entry, depth }) => {
      const mark = { file: "", directory: "/", symlink: " (link)", other: " (special)" }[entry.kind];
      return `${"  ".repeat(depth - 1)}${nameOf(entry)}${mark}`;
    });
    const more = total > lines.length ? [`… ${total - lines.length} more`] : [];
    const output = lines.length === 0 ? "(empty)" : [...lines, ...more].join("\n");
    return { success: true, output, data: { entries: total }, files_changed: [] };
  },
};

function byParts(a: string, b: string): number {
  const [x, y] = [a.split("/"), b.split("/")];
  const at = x.findIndex((part, i) => part !== y[i]);
  if (at < 0) return x.length - y.length;
  return y[at] === undefined || x[at] > y[at] ? 1 : -1;
}
