import { joinPath } from "../paths.ts";
import { byCodePoint } from "../python/compare.ts";
import type { FileReader } from "../ports/files.ts";

/** A file in a folder. */
export interface ListedFile {
  /** From the folder. */
  readonly path: string;
  /** Absent for a link that leads nowhere. */
  readonly sizeBytes?: number;
  readonly mtimeMs?: number;
}

/** Some of the files of a folder. */
export interface ListedFiles {
  readonly files: readonly ListedFile[];
  /** How many there are, as far as they were counted. */
  readonly total: number;
  /** Whether there are more than were counted. */
  readonly isCut: boolean;
}

/** Entries that are looked at. */
const MOST = 100_000;

/** Entries that are looked at before others get their turn. */
const BREATH = 2000;

/**
 * Files of a folder at any depth, hidden ones left out, by name; links to folders are not followed.
 *
 * @param options.breathe Lets others have their turn.
 */
export async function listFiles(
  folder: string,
  files: FileReader,
  { offset, limit, breathe }: {
    readonly offset: number;
    readonly limit: number;
    readonly breathe: () => Promise<void>;
  },
): Promise<ListedFiles> {
  const paths: string[] = [];
  const waiting = [""];
  let left = MOST;
  // An array is walked to its end, also over what is added on the way.
  for (const at of waiting) {
    for (const { name, kind } of files.list(at === "" ? folder : joinPath(folder, at))) {
      if (name.startsWith(".")) continue;
      if (left-- <= 0) break;
      if (left % BREATH === 0) await breathe();
      const path = `${at}${name}`;
      if (kind === "directory") waiting.push(`${path}/`);
      else if (kind === "file" || files.stat(joinPath(folder, path))?.kind !== "directory") paths.push(path);
    }
    if (left < 0) break;
  }
  const shown = paths.sort(byCodePoint).slice(offset, offset + limit);
  const listed = shown.map((path) => ({ path, ...known(files, joinPath(folder, path)) }));
  return { files: listed, total: paths.length, isCut: left < 0 };
}

function known(files: FileReader, path: string): Omit<ListedFile, "path"> {
  const info = files.stat(path);
  return info === undefined ? {} : { sizeBytes: info.sizeBytes, mtimeMs: info.mtimeMs };
}
