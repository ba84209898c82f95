/**
 * Folders from which a person has allowed the page to run something: one path a line, in `~/.loom/trusted`.
 *
 * @module
 */

import { explained } from "../files/errors.ts";
import { hostFileReader } from "../files/reader.ts";
import { hostFileWriter } from "../files/writer.ts";
import { type ProjectLimits, userFolderOf } from "./project.ts";

/** Remembers folders, absolute, links resolved. */
export interface TrustedFolders {
  has(folder: string): boolean;
  /** @throws {LoomError} If it cannot be written down. */
  add(folder: string): void;
}

/** The list; where there is no home, one that lasts as long as the process. */
export function trustedFolders(limits: ProjectLimits): TrustedFolders {
  const known = new Set<string>();
  const home = userFolderOf(limits);
  const path = `${home}/trusted`;
  const lines = () => home === undefined ? [] : (hostFileReader.readText(path) ?? "").split("\n");
  return {
    has: (folder) => known.has(folder) || lines().includes(folder),
    add: (folder) => {
      known.add(folder);
      // A path with a line break would be two.
      if (home === undefined || folder.includes("\n") || lines().includes(folder)) return;
      hostFileWriter.makeDirectory(home);
      explained("write", path, () => Deno.writeTextFileSync(path, `${folder}\n`, { append: true }));
    },
  };
}
