import type { FileWriter } from "../../../core/ports/files.ts";
import { explained, fileError, osCode } from "./errors.ts";
import { hostFileReader } from "./reader.ts";
import { hostRandom } from "../machine/random.ts";
import { trash } from "./trash.ts";

/** Writes to the real disk. */
export const hostFileWriter: FileWriter = {
  ...{ makeDirectory, writeAtomic, writeNew, makeExecutable },
  ...{ move, copy, remove, trash },
};

function makeDirectory(path: string): void {
  try {
    Deno.mkdirSync(path, { recursive: true });
  } catch (error) {
    // A file of that name is reported as "exists", which tells nobody what to do.
    const inTheWay = osCode(error) === "EEXIST";
    throw fileError("make folder", path, inTheWay ? Object.assign(new Error("file"), { code: "ENOTDIR" }) : error);
  }
}

function writeAtomic(path: string, content: string | Uint8Array): void {
  // Through a link, so that what a person linked to is changed and the link survives.
  const target = hostFileReader.realPath(path) ?? path;
  const temporary = besideName(target);
  explained("write", path, () => {
    try {
      writeFlushed(temporary, typeof content === "string" ? new TextEncoder().encode(content) : content);
      keepMode(target, temporary);
      Deno.renameSync(temporary, target);
    } catch (error) {
      removeEntry(temporary);
      throw error;
    }
  });
}

function writeNew(path: string, content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  explained("write", path, () => Deno.writeFileSync(path, bytes, { createNew: true }));
}

function makeExecutable(path: string): void {
  if (Deno.build.os === "windows") return;
  explained("change", path, () => {
    const mode = Deno.statSync(path).mode ?? 0;
    Deno.chmodSync(path, mode & 0o7777 | (mode & 0o444) >> 2);
  });
}

/** Writes and flushes a new file: after a power cut it is whole. Throws what the system says. */
function writeFlushed(path: string, bytes: Uint8Array): void {
  using file = Deno.openSync(path, { write: true, createNew: true });
  for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
  file.syncDataSync();
}

function keepMode(target: string, temporary: string): void {
  const mode = Deno.build.os === "windows" ? undefined : lstat(target)?.mode;
  if (typeof mode === "number") Deno.chmodSync(temporary, mode & 0o7777);
}

function move(from: string, to: string): void {
  explained("move to", to, () => {
    try {
      replaceBy(from, to);
    } catch (error) {
      if (osCode(error) !== "EXDEV") throw error;
      copy(from, to);
      removeEntry(from);
    }
  });
}

/** Renames onto `to`. A folder cannot be renamed over: what is there steps aside, and comes back should the rename fail. */
function replaceBy(from: string, to: string): void {
  const there = lstat(to);
  if (there !== undefined && !there.isDirectory && !lstat(from)?.isDirectory) return Deno.renameSync(from, to);
  const aside = besideName(to, "old");
  // Left by a loom that was killed between the two renames below.
  removeEntry(aside);
  if (there === undefined) return Deno.renameSync(from, to);
  Deno.renameSync(to, aside);
  try {
    Deno.renameSync(from, to);
  } catch (error) {
    Deno.renameSync(aside, to);
    throw error;
  }
  removeEntry(aside);
}

function copy(from: string, to: string): void {
  const temporary = besideName(to, "new");
  explained("copy to", to, () => {
    try {
      removeEntry(temporary);
      copyEntry(from, temporary);
      replaceBy(temporary, to);
    } catch (error) {
      removeEntry(temporary);
      throw error;
    }
  });
}

function copyEntry(from: string, to: string): void {
  const info = Deno.lstatSync(from);
  if (info.isSymlink) return Deno.symlinkSync(Deno.readLinkSync(from), to);
  if (!info.isDirectory) return Deno.copyFileSync(from, to);
  Deno.mkdirSync(to);
  for (const entry of Deno.readDirSync(from)) copyEntry(`${from}/${entry.name}`, `${to}/${entry.name}`);
}

function remove(path: string): void {
  explained("remove", path, () => removeEntry(path));
}

function removeEntry(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (osCode(error) !== "ENOENT" && osCode(error) !== "ENOTDIR") throw error;
  }
}

function lstat(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.lstatSync(path);
  } catch (error) {
    if (osCode(error) !== "ENOENT") throw error;
    return undefined;
  }
}

/**
 * A hidden name in the same folder, so that renaming stays on one disk. With a `tag` it is the same each time, so that
 * what a killed loom left there goes when the work is done again.
 */
function besideName(path: string, tag: string = hostRandom.hex(8)): string {
  const cut = Math.max(path.lastIndexOf("/"), Deno.build.os === "windows" ? path.lastIndexOf("\\") : -1) + 1;
  return `${path.slice(0, cut)}.${path.slice(cut).slice(0, 100)}.${tag}.loom-tmp`;
}
