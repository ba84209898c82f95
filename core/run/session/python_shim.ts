import type { Context } from "../../context.ts";
import { dirname, joinPath } from "../../paths.ts";
import { look } from "./witness.ts";

/**
 * Everything that decides which Python a script of pyenv starts, as text that differs when it may be another one;
 * `undefined` when `path` is no such script, so that nobody knows what it goes by.
 *
 * pyenv takes `PYENV_VERSION`, else the first `.python-version` in `PYENV_DIR` (the working folder) or above it, else
 * `version` in its own folder; a short version such as `3.11` means the newest of those in `versions`.
 */
export function shimState(path: string, { files, env, cwd }: Context): string | undefined {
  const text = files.readText(path) ?? "";
  const root = /^export PYENV_ROOT="([^"]+)"$/m.exec(text)?.[1];
  if (root === undefined || !/^exec ".*\/pyenv" exec "\$program" "\$@"$/m.test(text)) return undefined;
  const places = [path, joinPath(root, "version"), joinPath(root, "versions")];
  for (let folder = joinPath(cwd, env.PYENV_DIR ?? ".");; folder = dirname(folder)) {
    places.push(joinPath(folder, ".python-version"));
    if (dirname(folder) === folder) break;
  }
  return JSON.stringify([env.PYENV_VERSION ?? "", places.map((place) => [place, look(files.stat(place))])]);
}
