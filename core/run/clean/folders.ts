import { dirname, isInside } from "../../paths.ts";
import type { Files } from "../../ports/files.ts";

/** Which folders may go: those in both, the pipeline's folder itself never. */
export interface EmptyFolderLimits {
  readonly baseDir: string;
  readonly outputDir: string;
  readonly isProtected: (folder: string) => boolean;
}

/**
 * Removes the folders that lost their last entry, from the inside out.
 *
 * @param removed Paths that were removed, absolute, without links on the way.
 * @returns The folders that went, absolute.
 */
export function removeEmptyFolders(removed: readonly string[], files: Files, limits: EmptyFolderLimits): string[] {
  const candidates = new Set<string>();
  for (const path of removed) {
    for (let folder = dirname(path); !candidates.has(folder) && mayGo(folder, limits); folder = dirname(folder)) {
      candidates.add(folder);
    }
  }
  // A folder's path is longer than its parent's, so each is looked at once, after everything in it.
  const inwardFirst = [...candidates].toSorted((a, b) => b.length - a.length);
  return inwardFirst.filter((folder) => removeIfEmpty(folder, files));
}

function removeIfEmpty(folder: string, files: Files): boolean {
  if (files.isLink(folder) || files.stat(folder) === undefined || files.list(folder).length > 0) return false;
  files.remove(folder);
  return true;
}

function mayGo(folder: string, { baseDir, outputDir, isProtected }: EmptyFolderLimits): boolean {
  return folder !== baseDir && isInside(folder, baseDir) && isInside(folder, outputDir) && !isProtected(folder);
}
