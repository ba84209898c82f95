/**
 * All files of a folder that becomes a plugin.
 *
 * @module
 */

import { join } from "node:path";
import { fileError } from "../../files/errors.ts";
import { MAX_FILES, sourceError } from "./limits.ts";

/** Made anew by git and Python, and nothing of the plugin's own. */
const LEFT_OUT: ReadonlySet<string> = new Set([".git", "__pycache__"]);

/**
 * Their paths, with `/`.
 *
 * @param label What the folder is called in messages.
 * @throws {LoomError} `plugin-source` for links and what else is no file, for odd names and for too many files.
 */
export function filesBelow(root: string, label: string): readonly string[] {
  const found: string[] = [];
  const look = (below: string) => {
    for (const entry of entriesOf(join(root, below)).filter(({ name }) => !LEFT_OUT.has(name))) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory) look(checked(path, label));
      else if (!entry.isFile) throw noFile(path, label, entry.isSymlink);
      else if (found.push(checked(path, label)) > MAX_FILES) throw tooMany(label);
    }
  };
  look("");
  return found.sort();
}

function entriesOf(folder: string): readonly Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch (error) {
    throw fileError("read", folder, error);
  }
}

function checked(path: string, label: string): string {
  if (!/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\]/u.test(path)) return path;
  throw sourceError(label, `a file in it has a name that cannot be shown: ${JSON.stringify(path.slice(0, 100))}`);
}

function noFile(path: string, label: string, isLink: boolean) {
  const what = isLink ? "a link" : "neither a file nor a folder";
  return sourceError(label, `'${path}' in it is ${what}`, "put a copy of the file there, or leave it out");
}

function tooMany(label: string) {
  return sourceError(label, `it has more than ${MAX_FILES} files`, "leave out what the plugin does not need");
}
