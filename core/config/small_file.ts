import { isLoomError, type Problem } from "../errors.ts";
import type { FileReader } from "../ports/files.ts";

/** Far longer than any file of settings. */
const MAX_BYTES = 1 << 20;

/** The text of a file of settings, nothing if there is none, or why it cannot be read. */
export function readSmall(
  file: string,
  files: Pick<FileReader, "stat" | "readText">,
): { readonly text?: string; readonly problem?: Problem } {
  try {
    const info = files.stat(file);
    if (info === undefined) return {};
    if (info.kind !== "file") return refuse(file, "it is no regular file", "move it away");
    if (info.sizeBytes > MAX_BYTES) return refuse(file, "it is longer than 1 MB", "keep only settings in it");
    const text = files.readText(file);
    if (text?.includes("\0")) return refuse(file, "it is no text", "save it as UTF-8");
    return { text };
  } catch (error) {
    if (!isLoomError(error)) throw error;
    return { problem: { level: "error", code: error.code, message: error.message, hint: error.hint, file } };
  }
}

function refuse(file: string, why: string, hint: string): { readonly problem: Problem } {
  return { problem: { level: "error", code: "config-unreadable", message: `Cannot be read: ${why}`, hint, file } };
}
