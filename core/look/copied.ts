import { localPath } from "../run/session/url_cache.ts";
import type { Pipeline } from "../graph/pipeline.ts";
import { dirname, isInside } from "../paths.ts";
import type { Outside } from "./opened.ts";

/** Absolute path of the copy of an address that a run has left beside the pipeline, every link resolved. */
export function copyOf(
  { baseDir }: Pick<Pipeline, "baseDir">,
  url: string,
  { files }: Pick<Outside, "files">,
): string | undefined {
  const path = localPath(url, { baseDir, files });
  const real = files.realPath(path);
  if (real === undefined || files.stat(real)?.kind !== "file") return undefined;
  // A link that leads out of the folder is no copy that loom made.
  const folder = files.realPath(dirname(path));
  return folder !== undefined && isInside(real, folder) ? real : undefined;
}
