/**
 * The files of one plugin, by path relative to its root: nothing outside can be named.
 *
 * @module
 */

import { join, relative, sep } from "node:path";
import { LoomError } from "../../../../core/errors.ts";
import { fileError, osCode } from "../../files/errors.ts";
import { filesBelow } from "./files_below.ts";
import { MAX_SOURCE_BYTES, sourceError, tooLarge } from "./limits.ts";

/** Files to make a plugin of. Paths have `/`, and no `..`. */
export interface SourceTree {
  /** What it is called in messages. */
  readonly label: string;
  /** How one of its files is called in messages. */
  nameOf(path: string): string;
  /** @throws {LoomError} `plugin-import` for a link that leads outside. */
  kind(path: string): "file" | "directory" | undefined;
  /** @throws {LoomError} `plugin-too-large`. */
  read(path: string): Uint8Array;
  /**
   * Paths of all files.
   *
   * @throws {LoomError} `plugin-source` for links, for odd names and for too many files.
   */
  list(): readonly string[];
}

/** Files in memory. */
export function memoryTree(label: string, files: ReadonlyMap<string, Uint8Array>): SourceTree {
  const folders = new Set<string>([""]);
  for (const path of files.keys()) {
    const parts = path.split("/");
    for (let n = 1; n < parts.length; n++) folders.add(parts.slice(0, n).join("/"));
  }
  return {
    label,
    nameOf: (path) => `${label}/${path}`,
    kind: (path) => files.has(path) ? "file" : folders.has(path) ? "directory" : undefined,
    read: (path) => files.get(path)!,
    list: () => [...files.keys()],
  };
}

/**
 * A folder on disk.
 *
 * @param folder Absolute.
 */
export function folderTree(folder: string): SourceTree {
  const root = Deno.realPathSync(folder);
  let taken = 0;
  return {
    label: folder,
    nameOf: (path) => join(folder, path),
    kind: (path) => kindInside(root, path),
    read: (path) => {
      const bytes = readAtMost(join(root, path), MAX_SOURCE_BYTES - taken, folder);
      taken += bytes.length;
      return bytes;
    },
    list: () => filesBelow(root, folder),
  };
}

function kindInside(root: string, path: string): "file" | "directory" | undefined {
  try {
    const real = Deno.realPathSync(join(root, path));
    if (real !== root && !real.startsWith(root.endsWith(sep) ? root : root + sep)) throw leadsOut(root, path, real);
    const info = Deno.statSync(real);
    return info.isFile ? "file" : info.isDirectory ? "directory" : undefined;
  } catch (error) {
    if (!(error instanceof Error) || !["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG"].includes(osCode(error) ?? "")) {
      throw error;
    }
    return undefined;
  }
}

function leadsOut(root: string, path: string, real: string): LoomError {
  return new LoomError("plugin-import", `'${path}' is a link that leads out of the plugin's folder`, {
    hint: "put a copy of the file into the folder",
    data: { path, real: relative(root, real) },
  });
}

/** A file that may grow while it is read. */
function readAtMost(path: string, limitBytes: number, what: string): Uint8Array {
  try {
    if (Deno.statSync(path).size > limitBytes) throw tooLarge(what, MAX_SOURCE_BYTES);
    const bytes = Deno.readFileSync(path);
    if (bytes.length > limitBytes) throw tooLarge(what, MAX_SOURCE_BYTES);
    return bytes;
  } catch (error) {
    if (error instanceof LoomError) throw error;
    throw fileError("read", path, error);
  }
}

/** The folder or file that a path names, and the file to begin with if it is one. */
export function openPath(path: string): { readonly tree: SourceTree; readonly entry?: string } {
  const info = statOf(path);
  if (info?.isDirectory) return { tree: folderTree(path) };
  if (info?.isFile) return { tree: folderTree(join(path, "..")), entry: path.slice(path.lastIndexOf(sep) + 1) };
  throw sourceError(path, info === undefined ? "there is nothing" : "it is neither a folder nor a file");
}

function statOf(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch (error) {
    if (osCode(error) === "ENOENT" || osCode(error) === "ENOTDIR") return undefined;
    throw fileError("read", path, error);
  }
}
