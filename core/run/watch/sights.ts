/**
 * What files look like from outside, so that two looks can be compared.
 *
 * @module
 */

import { basename, dirname } from "../../paths.ts";
import type { FileReader } from "../../ports/files.ts";
import type { WatchedFolder } from "../../ports/watch.ts";
import { expandPlaceholder, hasPlaceholder } from "../fresh/placeholder.ts";
import type { Targets } from "./targets.ts";

/** Path to what was seen there; `undefined`: nothing. */
export type Sights = ReadonlyMap<string, string | undefined>;

/** More files than this are not looked at one by one, each second. */
const MOST = 100_000;

/** Names of folders that programs fill for themselves. */
const OWN_FOLDERS: ReadonlySet<string> = new Set(["__pycache__", "node_modules"]);

/** Everything that counts, as it is now. */
export function look(targets: Targets, files: FileReader): Sights {
  const sights = new Map<string, string | undefined>();
  for (const path of targets.paths) {
    const found = hasPlaceholder(path) ? expandPlaceholder(path, files) : [path];
    for (const file of found) see(file, { targets, files, sights });
  }
  return sights;
}

/** Paths at which something came, went, or is not what it was, sorted. */
export function changes(before: Sights, after: Sights): readonly string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}

interface Looking {
  readonly targets: Targets;
  readonly files: FileReader;
  readonly sights: Map<string, string | undefined>;
}

function see(path: string, looking: Looking): void {
  const { targets, files, sights } = looking;
  if (sights.has(path) || sights.size >= MOST) return;
  const info = files.stat(path);
  if (info?.kind !== "directory") {
    const { kind, sizeBytes, mtimeMs, inode, executable } = info ?? {};
    return void sights.set(path, info && [kind, sizeBytes, mtimeMs, inode, executable].join());
  }
  sights.set(path, "directory");
  for (const { name, kind } of files.list(path)) {
    const inside = path === "/" ? `/${name}` : `${path}/${name}`;
    // Links to folders are not followed: they may lead in a ring.
    const isPassedOver = name.startsWith(".") || OWN_FOLDERS.has(name) || targets.written.has(inside) ||
      kind === "symlink" && files.stat(inside)?.kind === "directory";
    if (!isPassedOver) see(inside, looking);
  }
}

/** Where to listen so that no change of what counts is missed: of a file its folder, of what is absent the nearest one. */
export function foldersOf({ paths }: Targets, files: FileReader): readonly WatchedFolder[] {
  const [deep, flat] = [new Set<string>(), new Set<string>()];
  for (const path of paths) {
    if (files.stat(path)?.kind === "directory") deep.add(path);
    else flat.add(folderThere(path, files));
    // What is written behind a link is heard of there, not here.
    const real = files.realPath(path);
    if (real !== undefined && dirname(real) !== dirname(path)) flat.add(dirname(real));
  }
  return [
    ...Array.from(deep, (path) => ({ path, isDeep: true })),
    ...[...flat].filter((path) => !deep.has(path)).map((path) => ({ path, isDeep: false })),
  ];
}

function folderThere(path: string, files: FileReader): string {
  let folder = dirname(path);
  while (files.stat(folder)?.kind !== "directory" && basename(folder) !== "") folder = dirname(folder);
  return folder;
}
