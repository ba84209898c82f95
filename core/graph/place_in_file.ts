/**
 * Places in files that were taken in: key paths that begin with the file.
 *
 * @module
 */

import type { YamlPath } from "../errors.ts";
import type { Pipeline } from "./pipeline.ts";

/** Stands before the path of a file; no key of a YAML file begins with it. */
const MARK = "\0";

/** A place in a file that is not the pipeline's own. */
export function inFile(file: string, path: YamlPath): YamlPath {
  return isInFile(path) ? path : [`${MARK}${file}`, ...path];
}

/** The file that a place is in, and the place in it; `undefined`: in the pipeline's own. */
export function fileOfPlace(
  path: YamlPath | undefined,
): { readonly file: string; readonly path: YamlPath } | undefined {
  if (path === undefined || !isInFile(path)) return undefined;
  return { file: String(path[0]).slice(MARK.length), path: path.slice(1) };
}

function isInFile([first]: YamlPath): boolean {
  return typeof first === "string" && first.startsWith(MARK);
}

/** Where a parameter stands. */
export function placeOfParameter({ included = [] }: Pick<Pipeline, "included">, name: string): YamlPath {
  for (const { file, prefix, parameters } of included) {
    for (const [own, here] of parameters) {
      // What the including file gives stands there, under its own name.
      const isOwn = here === (prefix === "" ? own : `${prefix}/${own}`);
      if (isOwn && here === name) return inFile(file, ["parameters", own]);
    }
  }
  return ["parameters", name];
}
