/**
 * What the server was started for, and which files it may touch.
 *
 * @module
 */

import type { Context } from "../../../core/context.ts";
import { dirname, isInside, joinPath } from "../../../core/graph/mod.ts";
import { refusal } from "./refusal.ts";

/** Where the server looks. */
export interface Place {
  /** Folder below which everything lies; absolute, links resolved. */
  readonly root: string;
  /** The pipeline that was named, absolute; absent for a folder of them. */
  readonly file?: string;
}

/** Whether a path can be a pipeline's. */
export function isPipelinePath(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

/**
 * The absolute path of `path`, which is relative to the root.
 *
 * @throws {LoomError} Status 403 if it leads out of the root, also by a link.
 */
export function confined(path: string, { root }: Place, { files }: Pick<Context, "files">): string {
  const absolute = joinPath(root, path);
  if (path.includes("\0") || !isInside(absolute, root)) throw outside(path);
  // What is not there yet is judged by the nearest folder above it that is.
  let there = absolute;
  while (files.realPath(there) === undefined && there !== root) there = dirname(there);
  const real = files.realPath(there);
  if (real === undefined || !isInside(real, root)) throw outside(path);
  return absolute;
}

/**
 * As {@linkcode confined}, of a pipeline file.
 *
 * @throws {LoomError} Status 403, or 400 if no pipeline can be called so.
 */
export function pipelineAt(path: string, place: Place, context: Pick<Context, "files">): string {
  if (!isPipelinePath(path)) throw refusal(400, "no-pipeline", `No pipeline is called ${path}`, "end it in .yml");
  return confined(path, place, context);
}

function outside(path: string) {
  return refusal(403, "outside", `${path} lies outside the folder that was opened`);
}
