/**
 * What this machine is like.
 *
 * @module
 */

import { accessSync, constants } from "node:fs";
import type { FolderFacts, Prober, RuntimeFacts } from "../../../core/ports/prober.ts";
import { hostFileReader } from "../files/reader.ts";
import { database } from "./database.ts";
import { disk } from "./disk.ts";
import { find, version } from "./programs.ts";
import { trial } from "./trial.ts";

/** Looks at the real machine. */
export const hostProber: Prober = { runtime, find, version, disk, folder, foldsCase, database, trial };

const MODE_BITS = 0o7777;

function runtime(): RuntimeFacts {
  return { deno: Deno.version.deno, compiled: Deno.build.standalone, path: Deno.execPath() };
}

function folder(path: string): FolderFacts | undefined {
  if (hostFileReader.stat(path)?.kind !== "directory") return undefined;
  const { mode, uid } = Deno.statSync(path);
  const user = Deno.uid();
  return {
    ...(mode === null ? {} : { mode: mode & MODE_BITS }),
    ...(uid === null || user === null ? {} : { isOwn: uid === user }),
    writable: isWritable(path),
  };
}

/** Asked of the system, because a mode says nothing of disks that are read-only. */
function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    // Whatever the reason: nothing can be written there.
    return false;
  }
}

/** A name with its letters turned around leads to the same entry only where case is folded. */
function foldsCase(path: string): boolean | undefined {
  const turned = path.replace(/[^/]*$/, (name) => name.replace(/[a-z]/gi, turn));
  if (turned === path) return undefined;
  const [one, other] = [hostFileReader.stat(path), hostFileReader.stat(turned)];
  return one === undefined
    ? undefined
    : other !== undefined && one.inode === other.inode && one.device === other.device;
}

function turn(letter: string): string {
  return letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
}
