/**
 * Names that tools never change, at any depth: what git and loom themselves read to know what they may do.
 *
 * @module
 */

import type { Parts } from "./beneath.ts";
import { protectedPath } from "./errors.ts";

const NAMES: ReadonlySet<string> = new Set([".git", ".loom", "loom.toml", "loom.yaml", "loom.yml"]);

/** Short names that Windows gives `.git` and `.loom`. */
const SHORT_NAME = /^(git|loom)~\d+$/;

/** Characters that the disks of macOS take no notice of in names. */
const IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/**
 * Refuses protected names, however they are spelled: disks that do not tell upper from lower case, that cut dots and blanks
 * at the end, or that have streams after a colon, are met on every system.
 *
 * @throws {LoomError} `protected-path`.
 */
export function refuseProtected(parts: Parts, path: string): void {
  for (const part of parts) {
    const name = plain(part);
    if (NAMES.has(name) || SHORT_NAME.test(name)) throw protectedPath(path, name);
  }
}

function plain(name: string): string {
  return name.normalize("NFKC").replace(IGNORED, "").replace(/:.*$/s, "").replace(/[. ]+$/, "").toLowerCase();
}
