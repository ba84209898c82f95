import { basename, collapsePath, dirname, joinPath, pathStyle } from "../../paths.ts";
import type { FileReader } from "../../ports/files.ts";

/**
 * Where an entry really is: every folder on the way resolved, but not the entry itself, which may be a link.
 *
 * Where the folder does not exist there is nothing to resolve, and the path itself comes back.
 */
export function locate(files: FileReader, path: string): string {
  const name = basename(path);
  if (name === "" || name === "..") return files.realPath(path) ?? path;
  const folder = files.realPath(dirname(path));
  return folder === undefined ? path : joinPath(folder, name);
}

/** A path in a form in which the same path is the same text: `..` taken back, and one case on Windows. */
export function comparablePath(path: string): string {
  const collapsed = collapsePath(path);
  return pathStyle(path) === "posix" ? collapsed : collapsed.toLowerCase().replaceAll("\\", "/");
}
