/**
 * The files of a plugin that is a program, on disk.
 *
 * @module
 */

import { dirname, joinPath } from "../paths.ts";
import type { FileDigester, FileReader, FileWriter } from "../ports/files.ts";
import { fileList, ownProgram, type ProgramFile } from "./program.ts";

/** Writes them below a folder. Only what is started itself can be started. */
export function writeProgram(
  { files, command = [] }: {
    readonly files: ReadonlyMap<string, Uint8Array>;
    readonly command?: readonly string[];
  },
  folder: string,
  disk: Pick<FileWriter, "makeDirectory" | "writeAtomic" | "makeExecutable">,
): void {
  for (const [name, bytes] of files) {
    const path = joinPath(folder, name);
    disk.makeDirectory(dirname(path));
    disk.writeAtomic(path, bytes);
    if (name === ownProgram(command)) disk.makeExecutable(path);
  }
}

/** The list of what is below a folder now, of everything that is there. */
export async function listBelow(folder: string, disk: FileReader & FileDigester): Promise<string> {
  const found: ProgramFile[] = [];
  const look = async (below: string) => {
    for (const { name, kind } of disk.list(joinPath(folder, below))) {
      const path = below === "" ? name : `${below}/${name}`;
      if (kind === "directory") await look(path);
      else found.push(await fileAt(path, joinPath(folder, path), { kind, disk }));
    }
  };
  await look("");
  return fileList(found);
}

async function fileAt(
  path: string,
  place: string,
  { kind, disk }: { readonly kind: string; readonly disk: FileReader & FileDigester },
): Promise<ProgramFile> {
  if (kind !== "file") return { path, executable: false, digest: kind };
  return { path, executable: disk.stat(place)?.executable === true, digest: await disk.digest(place) };
}
