import type { Tool, ToolContext, ToolResult } from "../../../core/ports/tool.ts";
import { linesOf } from "./edit/line_ends.ts";
import { decodeText } from "./edit/text_file.ts";
import { type Args, count, done, failed, numberOf } from "./result.ts";

const MAX_IMAGE_BYTES = 5 * 1024 * 1024;

const IMAGES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
};

/** Formats that are text to people and none to programs. */
const DOCUMENTS = /\.(pdf|docx?|pptx?|xlsx?|odt|odp)$/i;

/** `read_file`. */
export const readFile: Tool = {
  info: {
    name: "read_file",
    description:
      "Read a text file of the workspace, whole or some of its lines (numbered from 1, both ends included). Images up to 5 MB come as images.",
    parameters: {
      type: "object",
      properties: {
        path: { type: "string", description: "The file, relative to the workspace" },
        line_start: { type: "integer", minimum: 1, description: "First line" },
        line_end: { type: "integer", minimum: 1, description: "Last line" },
        page_start: { type: "integer", minimum: 1, description: "First page of a document" },
        page_end: { type: "integer", minimum: 1, description: "Last page of a document" },
      },
      required: ["path"],
      additionalProperties: false,
    },
    tier: "read-only",
    is_mutating: false,
  },
  run: read,
};

async function read(args: Args, { workspace }: ToolContext): Promise<ToolResult> {
  const path = String(args.path);
  if (DOCUMENTS.test(path)) {
    return failed(`Cannot read ${path}: documents of this kind cannot be read yet; convert it to text`);
  }
  const type = IMAGES[/\.([^.]+)$/.exec(path)?.[1].toLowerCase() ?? ""];
  if (type !== undefined) return image(path, type, await workspace.readFile(path, { maxBytes: MAX_IMAGE_BYTES }));
  const file = decodeText(await workspace.readFile(path));
  if (file === undefined) return failed(`Cannot read ${path}: it is no text file`);
  return linesBetween(file.text, { path, from: numberOf(args.line_start), to: numberOf(args.line_end) });
}

function image(path: string, media_type: string, bytes: Uint8Array): ToolResult {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  }
  const block = { type: "image", media_type, data: btoa(pieces.join("")) } as const;
  return done(`${path}: image, ${count(bytes.length, "byte")}`, { content_blocks: [block] });
}

interface Wish {
  readonly path: string;
  readonly from?: number;
  readonly to?: number;
}

function linesBetween(text: string, { path, from, to }: Wish): ToolResult {
  if (from === undefined && to === undefined) return done(text, { data: { lines: linesOf(text).length } });
  const lines = linesOf(text);
  const [first, last] = [from ?? 1, Math.min(to ?? lines.length, lines.length)];
  if (to !== undefined && to < first) {
    return failed(`Cannot read lines ${first} to ${to} of ${path}: the end comes first`);
  }
  if (first > lines.length) {
    return failed(`Cannot read line ${first} of ${path}: it has ${count(lines.length, "line")}`);
  }
  const end = last === lines.length ? text.length : lines[last].start;
  return done(text.slice(lines[first - 1].start, end), {
    data: { lines: lines.length, line_start: first, line_end: last },
  });
}
