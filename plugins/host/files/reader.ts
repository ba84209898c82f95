import type { FileInfo, FileReader, FolderEntry } from "../../../core/ports/files.ts";
import { fileError, osCode } from "./errors.ts";

/** Reads of the real disk. */
export const hostFileReader: FileReader = { stat, list, readText, readBytes, realPath, isLink };

/** What a question about a path fails with when there is nothing: no entry, a file as parent, a circle of links, no valid name. */
const absent: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG", "EINVAL"]);

function stat(path: string): FileInfo | undefined {
  // Asked thousands of times in a row: no closure on the way.
  try {
    return toInfo(Deno.statSync(path));
  } catch (error) {
    if (absent.has(osCode(error))) return undefined;
    throw fileError("look at", path, error);
  }
}

function toInfo(info: Deno.FileInfo): FileInfo {
  const mtimeMs = info.mtime?.getTime() ?? 0;
  return {
    kind: info.isFile ? "file" : info.isDirectory ? "directory" : "other",
    sizeBytes: info.size,
    mtimeMs,
    ctimeMs: info.ctime?.getTime() ?? mtimeMs,
    inode: info.ino ?? 0,
    device: info.dev,
    executable: ((info.mode ?? 0) & 0o111) !== 0,
  };
}

function list(path: string): readonly FolderEntry[] {
  return ifPresent("list", path, () => Array.from(Deno.readDirSync(path), toEntry)) ?? [];
}

function toEntry(entry: Deno.DirEntry): FolderEntry {
  const kind = entry.isSymlink ? "symlink" : entry.isDirectory ? "directory" : entry.isFile ? "file" : "other";
  return { name: entry.name, kind };
}

function readText(path: string): string | undefined {
  return ifPresent("read", path, () => Deno.readTextFileSync(path));
}

function readBytes(path: string): Uint8Array | undefined {
  return ifPresent("read", path, () => Deno.readFileSync(path));
}

function realPath(path: string): string | undefined {
  return ifPresent("look at", path, () => Deno.realPathSync(path));
}

function isLink(path: string): boolean {
  return ifPresent("look at", path, () => Deno.lstatSync(path).isSymlink) ?? false;
}

function ifPresent<T>(action: string, path: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (absent.has(osCode(error))) return undefined;
    throw fileError(action, path, error);
  }
}
