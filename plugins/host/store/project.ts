import { hostFileReader } from "../files/reader.ts";

/** Where the search upward ends. */
export interface ProjectLimits {
  /** The person's home folder. */
  readonly home?: string;
  /** Where loom keeps the user's state, by default `~/.loom`; it never makes a folder a project. */
  readonly userState?: string;
}

/** The folder of the user's own state; `undefined` where nobody says which. */
export function userFolderOf({ home, userState }: ProjectLimits): string | undefined {
  if (userState !== undefined && userState !== "") return userState;
  return home === undefined || home === "" ? undefined : `${home}/.loom`;
}

/**
 * The project of a pipeline file or folder: the nearest folder upward that holds `.loom/`, else the file's own folder
 * (or the folder itself).
 *
 * The search goes no higher than the root of the repository (the folder with `.git`) and the home folder.
 *
 * @param path Absolute path of a file, which need not exist, or of a folder.
 */
export function projectOf(path: string, limits: ProjectLimits = {}): string {
  const start = hostFileReader.stat(path)?.kind === "directory" ? path : parentOf(path);
  for (let folder = start;; folder = parentOf(folder)) {
    if (holdsState(folder, limits)) return folder;
    const top = folder === limits.home || hostFileReader.stat(`${folder}/.git`) !== undefined;
    if (top || parentOf(folder) === folder) return start;
  }
}

function holdsState(folder: string, limits: ProjectLimits): boolean {
  const state = folder === "/" ? "/.loom" : `${folder}/.loom`;
  const isUserState = state === limits.userState || folder === limits.home;
  return !isUserState && hostFileReader.stat(state)?.kind === "directory";
}

/** The folder that holds `path`; a root is its own parent. Understands both kinds of slashes on Windows. */
function parentOf(path: string): string {
  const cut = Math.max(path.lastIndexOf("/"), Deno.build.os === "windows" ? path.lastIndexOf("\\") : -1);
  if (cut < 0) return path;
  const isDrive = /^[A-Za-z]:$/.test(path.slice(0, cut));
  return path.slice(0, cut === 0 || isDrive ? cut + 1 : cut);
}
