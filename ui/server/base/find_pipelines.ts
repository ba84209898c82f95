/**
 * Which files below a folder are pipelines.
 *
 * @module
 */

import type { FileReader } from "../../../core/ports/files.ts";
import { isPipelinePath } from "./place.ts";

const LEFT_OUT = new Set(["node_modules", "dist", "build", "__pycache__", "venv"]);

/** Folders and files that are looked at before the list is cut off. */
const MOST_FOLDERS = 5_000;
const MOST_PIPELINES = 1_000;

/** Longer files are no pipelines that a person wrote. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Paths from the root, in order. A pipeline is a YAML file with a list `pipeline` in it. */
export function findPipelines(
  root: string,
  files: FileReader,
): { readonly paths: readonly string[]; readonly truncated: boolean } {
  const paths: string[] = [];
  const open = [""];
  let looked = 0;
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    if (++looked > MOST_FOLDERS || paths.length >= MOST_PIPELINES) return { paths: paths.sort(), truncated: true };
    for (const { name, kind } of files.list(at === "" ? root : `${root}/${at}`)) {
      const path = at === "" ? name : `${at}/${name}`;
      if (name.startsWith(".") || LEFT_OUT.has(name)) continue;
      if (kind === "directory") open.push(path);
      else if (kind === "file" && isPipelinePath(name) && holdsPipeline(`${root}/${path}`, files)) paths.push(path);
    }
  }
  return { paths: paths.sort(), truncated: false };
}

function holdsPipeline(path: string, files: FileReader): boolean {
  if ((files.stat(path)?.sizeBytes ?? Infinity) > MOST_BYTES) return false;
  return /^(pipeline|["']pipeline["'])\s*:/m.test(files.readText(path) ?? "");
}
