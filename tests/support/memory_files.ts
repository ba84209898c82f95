import { createHash } from "node:crypto";
import type { FileInfo, Files, FolderEntry } from "../../core/ports/files.ts";
import { fileError } from "../../plugins/host/files/errors.ts";
import { MemoryTree, osError, parentOf, type Stored } from "./memory_tree.ts";

/** A disk in memory, with what a test needs to set it up. */
export interface MemoryFiles extends Files {
  /** Makes a file and its folders. */
  write(path: string, content: string | Uint8Array, options?: { executable?: boolean }): void;
  /** Makes a symbolic link and its folders. */
  link(path: string, target: string): void;
  /** A new modification time, as `touch` gives; the content stays. */
  touch(path: string, mtimeMs: number): void;
  /** What was put into the trash, in order. */
  readonly trashed: readonly string[];
  /** How often files were read for their digest. */
  readonly digestCount: number;
}

const absent: ReadonlySet<unknown> = new Set(["ENOENT", "ENOTDIR", "ELOOP"]);

/**
 * A disk in memory that holds `content` (path to text).
 *
 * Time goes on by one millisecond with each change unless `now` is given.
 */
export function memoryFiles(content: Readonly<Record<string, string>> = {}, now?: () => number): MemoryFiles {
  let ticks = Date.UTC(2025, 0, 1);
  const tree = new MemoryTree(now ?? (() => ticks++));
  const trashed: string[] = [];
  let digestCount = 0;
  const write: MemoryFiles["write"] = (path, text, { executable = false } = {}) => {
    makeFolders(tree, parentOf(path));
    tree.put(path, { kind: "file", bytes: toBytes(text), executable });
  };
  for (const [path, text] of Object.entries(content)) write(path, text);
  return {
    stat: (path) => ifPresent(() => toInfo(tree.get(path))),
    list: (path) => ifPresent(() => listEntries(tree, path)) ?? [],
    readText: (path) => ifPresent(() => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytesOf(tree, path))),
    readBytes: (path) => ifPresent(() => bytesOf(tree, path).slice()),
    realPath: (path) => ifPresent(() => tree.get(path) && tree.resolve(path)),
    isLink: (path) => ifPresent(() => tree.get(path, true)?.kind === "symlink") ?? false,
    makeDirectory: (path) => explained("make folder", path, () => makeFolders(tree, path)),
    writeAtomic: (path, text) => explained("write", path, () => replaceFile(tree, path, toBytes(text))),
    writeNew: (path, text) =>
      explained("write", path, () => {
        if (tree.get(path, true) !== undefined) throw Object.assign(new Error("file exists"), { code: "EEXIST" });
        replaceFile(tree, path, toBytes(text));
      }),
    makeExecutable: (path) => explained("change", path, () => write(path, bytesOf(tree, path), { executable: true })),
    move: (from, to) => explained("move to", to, () => moveEntry(tree, from, to)),
    copy: (from, to) => explained("copy to", to, () => copyEntry(tree, from, to)),
    remove: (path) => explained("remove", path, () => ifPresent(() => tree.delete(path))),
    trash: (path) => {
      if (tree.get(path, true) !== undefined) trashed.push(path);
      tree.delete(path);
      return Promise.resolve();
    },
    digest: async (path, options = {}) => {
      options.signal?.throwIfAborted();
      digestCount++;
      const bytes = await Promise.resolve(explained("read", path, () => bytesOf(tree, path)));
      options.onBytes?.(bytes.length);
      return createHash("sha256").update(bytes).digest("hex");
    },
    digestText: (text) => createHash("sha256").update(text).digest("hex"),
    digestBytes: (bytes) => createHash("sha256").update(bytes).digest("hex"),
    write,
    link: (path, target) => {
      makeFolders(tree, parentOf(path));
      tree.put(path, { kind: "symlink", target });
    },
    touch: (path, mtimeMs) => {
      const entry = tree.get(path);
      if (entry !== undefined) entry.mtimeMs = entry.ctimeMs = mtimeMs;
    },
    trashed,
    get digestCount() {
      return digestCount;
    },
  };
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content.slice();
}

function toInfo(entry: Stored | undefined): FileInfo | undefined {
  if (entry === undefined || entry.kind === "symlink") return undefined;
  const { kind, inode, mtimeMs, ctimeMs } = entry;
  const sizeBytes = entry.kind === "file" ? entry.bytes.length : 4096;
  const executable = entry.kind === "directory" || entry.executable;
  return { kind, sizeBytes, mtimeMs, ctimeMs, inode, device: 1, executable };
}

function listEntries(tree: MemoryTree, path: string): readonly FolderEntry[] {
  if (tree.get(path)?.kind !== "directory") return [];
  const prefix = path === "/" ? "" : path;
  return tree.names(path).map((name) => ({ name, kind: tree.get(`${prefix}/${name}`, true)?.kind ?? "other" }));
}

function bytesOf(tree: MemoryTree, path: string): Uint8Array {
  const entry = tree.get(path);
  if (entry?.kind === "file") return entry.bytes;
  throw osError(entry?.kind === "directory" ? "EISDIR" : "ENOENT", path);
}

function makeFolders(tree: MemoryTree, path: string): void {
  const there = tree.get(path);
  if (there?.kind === "directory") return;
  if (there !== undefined) throw osError("ENOTDIR", path);
  makeFolders(tree, parentOf(path));
  tree.put(path, { kind: "directory" });
}

function replaceFile(tree: MemoryTree, path: string, bytes: Uint8Array): void {
  const there = tree.get(path);
  if (there?.kind === "directory") throw osError("EISDIR", path);
  const executable = there?.kind === "file" && there.executable;
  tree.put(there === undefined ? path : tree.resolve(path), { kind: "file", bytes, executable });
}

function moveEntry(tree: MemoryTree, from: string, to: string): void {
  if (tree.get(from, true) === undefined) throw osError("ENOENT", from);
  if (tree.get(parentOf(to))?.kind !== "directory") throw osError("ENOENT", to);
  tree.rename(from, to);
}

function copyEntry(tree: MemoryTree, from: string, to: string): void {
  if (tree.get(from, true) === undefined) throw osError("ENOENT", from);
  const source = tree.resolve(from, true);
  const copies = tree.below(from).map((path) => [path.slice(source.length), tree.get(path, true)] as const);
  tree.delete(to);
  for (const [rest, entry] of copies) if (entry !== undefined) tree.put(to + rest, entry);
}

function explained<T>(action: string, path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw fileError(action, path, error);
  }
}

function ifPresent<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (absent.has((error as { code?: unknown }).code)) return undefined;
    throw fileError("read", "", error);
  }
}
