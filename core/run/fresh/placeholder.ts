/**
 * Paths with `{name}` in them: scripts get them as they are, files that match are what counts.
 *
 * @module
 */

import { globFiles } from "../../graph/glob.ts";
import { basename, dirname } from "../../paths.ts";
import type { FileReader } from "../../ports/files.ts";

const PLACEHOLDER = /\{[^{}/]*\}/;

/** Whether a path has `{name}` in it. */
export function hasPlaceholder(path: string): boolean {
  return PLACEHOLDER.test(path);
}

/** Paths that a path with `{name}` in it stands for, in the order of their names; other paths stand for themselves. */
export function expandPlaceholder(path: string, files: FileReader): readonly string[] {
  if (!hasPlaceholder(path)) return [path];
  const folder = dirname(path);
  const above = expandPlaceholder(folder, files);
  const pattern = basename(path).replaceAll(new RegExp(PLACEHOLDER, "g"), "*");
  return above.flatMap((folder) => globFiles(folder, pattern, files));
}
