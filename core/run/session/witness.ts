import type { Context } from "../../context.ts";
import type { FileInfo } from "../../ports/files.ts";

/** A path and what was found there, as a row of numbers; `null`: nothing. */
export type Sight = readonly [path: string, found: readonly number[] | null];

const KINDS = ["file", "directory", "other"];

/** What a path is, as numbers that differ when anything about it may have changed. */
export function look(info: FileInfo | undefined): readonly number[] | null {
  if (info === undefined) return null;
  const { kind, sizeBytes, mtimeMs, ctimeMs, inode, device, executable } = info;
  return [KINDS.indexOf(kind), sizeBytes, mtimeMs, ctimeMs, inode, device, executable ? 1 : 0];
}

/** Looks over the shoulder of a run: remembers every path it looked at and what it saw there first. */
export class Witness {
  /** The context to run with. */
  readonly context: Context;
  readonly #seen = new Map<string, FileInfo | undefined>();
  #hasStartedPrograms = false;

  constructor(context: Context) {
    const { files } = context;
    const see = (path: string) => {
      const info = files.stat(path);
      if (!this.#seen.has(path)) this.#seen.set(path, info);
      return info;
    };
    const watched: Context["files"] = {
      ...files,
      stat: see,
      list: (path) => (see(path), files.list(path)),
      readText: (path) => (see(path), files.readText(path)),
      realPath: (path) => (see(path), files.realPath(path)),
    };
    // Not a copy: a context makes its costly parts when they are first asked for.
    this.context = Object.create(context, {
      files: { value: watched },
      subprocesses: { get: () => this.#started(context) },
    });
  }

  /**
   * Everything seen, if all of it had been as it is for longer than `settledMs` at the instant `now`, and if no program
   * was asked, for nobody knows what that looked at.
   */
  testimony(now: number, settledMs: number): readonly Sight[] | undefined {
    if (this.#hasStartedPrograms) return undefined;
    const sights: Sight[] = [];
    for (const [path, info] of this.#seen) {
      if (info !== undefined && now - info.mtimeMs < settledMs) return undefined;
      sights.push([path, look(info)]);
    }
    return sights;
  }

  #started(context: Context): Context["subprocesses"] {
    this.#hasStartedPrograms = true;
    return context.subprocesses;
  }
}
