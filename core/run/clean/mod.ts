/**
 * Taking back what a pipeline made: what would be removed, what may not be, and removing it.
 *
 * @module
 */

import { isLoomError, LoomError } from "../../errors.ts";
import type { Context } from "../../context.ts";
import type { FileReader, Files } from "../../ports/files.ts";
import { CleanGuard } from "./guard.ts";
import { comparablePath, locate } from "./location.ts";
import { type CleanTarget, cleanTargets, removalOf } from "./targets.ts";
import type { PointRequest } from "./points.ts";
import { removeEmptyFolders } from "./folders.ts";
import { joinPath } from "../../paths.ts";
import type { Loaded } from "../session/request.ts";

export type { CleanTarget, PointRequest };

/** What the points of a sweep made, of the matrix as it is and of earlier ones. */
export async function pointTargets(
  loaded: Loaded,
  request: PointRequest,
  context: Context,
): Promise<readonly CleanTarget[]> {
  return await (await import("./points.ts")).pointTargets(loaded, request, context);
}

/** One path that a clean concerns. */
export interface CleanEntry {
  /** Key of the data entry, the path as written for an output without one, or the name of a cache folder. */
  readonly key: string;
  /** Absolute, as the pipeline names it. */
  readonly path: string;
  /** Absolute, every folder on the way resolved; what is really removed. The path itself where it is absent. */
  readonly location: string;
  /** A `link` is removed itself, never what it points to. */
  readonly kind: "file" | "folder" | "link" | "absent";
  /** Files in it, at any depth; 1 for a file or link, 0 if absent or a refused folder. */
  readonly fileCount: number;
  /** Up to ten names of files in it, from the folder. */
  readonly sample: readonly string[];
  /** Whether it really lies in the pipeline's folder. */
  readonly inside: boolean;
  /** Why it must not be removed. */
  readonly refused?: string;
}

/** Data that no step makes, and that is therefore left alone. */
export interface ProtectedData {
  readonly key: string;
  /** Absolute, or an address. */
  readonly path: string;
}

/** What a clean would do. With anything in `refused` nothing at all is removed. */
export interface CleanPlan {
  readonly entries: readonly CleanEntry[];
  readonly refused: readonly CleanEntry[];
  readonly protected: readonly ProtectedData[];
  readonly baseDir: string;
  /** Folders that may go once they are empty: those from here down. */
  readonly outputDir: string;
  /** Whether a folder holds, or is, something that must stay. */
  readonly isProtected: (folder: string) => boolean;
}

/** What became of one path. */
export interface CleanedPath {
  readonly key: string;
  readonly path: string;
  readonly action: "trashed" | "deleted" | "skipped" | "failed";
  readonly error?: string;
}

/** What a clean did, in numbers and path by path. */
export interface CleanResult {
  readonly cleaned: number;
  /** Those that were not there. */
  readonly skipped: number;
  readonly failed: number;
  readonly paths: readonly CleanedPath[];
  /** Folders that were left empty and removed, absolute. */
  readonly emptied: readonly string[];
}

/** How a plan is carried out. */
export interface CleanOptions {
  /** Delete for good instead of moving to the system's trash. */
  readonly permanent: boolean;
  /** Hears each path when it is done; `done` counts from 1. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly key: string }) => void;
}

/**
 * Everything the pipeline's steps made, and whether it may be removed. Looks only, changes nothing.
 *
 * Refused are paths that are empty or cannot be told, that are or hold the pipeline's folder, the home folder or a root,
 * that hold the pipeline file, a task's script or data no step makes, and, without `outside`, what really lies elsewhere.
 *
 * @param options `outside`: also take what lies outside the pipeline's folder. `points`: what {@linkcode pointTargets}
 * found.
 */
export function planClean(
  loaded: Loaded,
  context: Context,
  options: { readonly outside: boolean; readonly points?: readonly CleanTarget[] },
): CleanPlan {
  const { pipeline } = loaded;
  const targets = cleanTargets(pipeline, context);
  const guard = new CleanGuard(pipeline, context, targets.sources);
  const planned = [...targets.produced, ...options.points ?? []].map((target) =>
    planEntry(target, context.files, { guard, ...options })
  );
  const entries = outermost(planned);
  return {
    entries,
    refused: entries.filter((entry) => entry.refused !== undefined),
    protected: targets.sources.map(({ key, path }) => ({ key, path: path ?? pipeline.data.get(key)?.path ?? "" })),
    baseDir: guard.baseDir,
    outputDir: locate(context.files, targets.outputDir),
    isProtected: (folder) => guard.holds(folder) !== undefined,
  };
}

function planEntry(
  target: CleanTarget,
  files: FileReader,
  options: { readonly guard: CleanGuard; readonly outside: boolean },
): CleanEntry {
  const { key, path } = target;
  if (path === undefined) return { ...nothing(key, ""), inside: false, refused: target.problem };
  const location = locate(files, path);
  const entry = { key, path, location, inside: options.guard.isInside(location), ...kindOf(files, location) };
  const refused = options.guard.refusal(entry, { outside: options.outside || target.allowOutside });
  // Only what may go is counted: what may not can be a whole disk.
  if (refused !== undefined) return { ...entry, refused };
  return entry.kind === "folder" ? { ...entry, ...countFiles(files, location) } : entry;
}

function nothing(key: string, path: string) {
  return { key, path, location: path, kind: "absent", fileCount: 0, sample: [] } as const;
}

function kindOf(files: FileReader, path: string): Pick<CleanEntry, "kind" | "fileCount" | "sample"> {
  if (files.isLink(path)) return { kind: "link", fileCount: 1, sample: [] };
  const info = files.stat(path);
  if (info === undefined) return { kind: "absent", fileCount: 0, sample: [] };
  if (info.kind !== "directory") return { kind: "file", fileCount: 1, sample: [] };
  return { kind: "folder", fileCount: 0, sample: [] };
}

// Links count as files and are not entered: what they point to stays.
function countFiles(files: FileReader, folder: string): Pick<CleanEntry, "fileCount" | "sample"> {
  const sample: string[] = [];
  const pending = [""];
  let fileCount = 0;
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const entries = files.list(`${folder}/${at}`).toSorted((a, b) => a.name < b.name ? -1 : 1);
    for (const { name, kind } of entries) {
      if (kind === "directory") pending.push(`${at}${name}/`);
      else if (++fileCount <= 10) sample.push(`${at}${name}`);
    }
  }
  return { fileCount, sample };
}

// What lies in a folder that goes anyway is not removed a second time.
function outermost(entries: readonly CleanEntry[]): readonly CleanEntry[] {
  const folders = new Set(entries.filter((entry) => entry.kind === "folder").map((it) => comparablePath(it.location)));
  const seen = new Set<string>();
  return entries.filter(({ location, refused }) => {
    const id = comparablePath(location);
    if (refused !== undefined) return true;
    if (seen.has(id) || parents(id).some((parent) => folders.has(parent))) return false;
    seen.add(id);
    return true;
  });
}

function parents(path: string): readonly string[] {
  const found: string[] = [];
  for (let cut = path.lastIndexOf("/"); cut > 0; cut = path.lastIndexOf("/", cut - 1)) found.push(path.slice(0, cut));
  return found;
}

/**
 * Removes what the plan lists, then the folders of `output_dir` that this left empty. A path that cannot be removed is
 * reported, and the others go on.
 *
 * @throws {LoomError} `clean-refused` if the plan refuses anything; nothing is removed then.
 */
export async function executeClean(plan: CleanPlan, context: Context, options: CleanOptions): Promise<CleanResult> {
  if (plan.refused.length > 0) throw cleanRefused(plan);
  const paths: CleanedPath[] = [];
  for (const entry of plan.entries) {
    paths.push(await cleanEntry(entry, context.files, options.permanent));
    options.onProgress?.({ done: paths.length, total: plan.entries.length, key: entry.key });
  }
  const removed = plan.entries.filter((_, i) => isRemoved(paths[i])).map((entry) => entry.location);
  return {
    cleaned: removed.length,
    skipped: paths.filter((it) => it.action === "skipped").length,
    failed: paths.filter((it) => it.action === "failed").length,
    paths,
    emptied: removeEmptyFolders(removed, context.files, plan),
  };
}

function isRemoved({ action }: CleanedPath): boolean {
  return action === "trashed" || action === "deleted";
}

async function cleanEntry(entry: CleanEntry, files: Files, permanent: boolean): Promise<CleanedPath> {
  const { key, path, location } = entry;
  if (entry.kind === "absent") return { key, path, action: "skipped" };
  try {
    refuseChanged(entry, files);
    if (permanent) files.remove(location);
    else await files.trash(location);
    return { key, path, action: permanent ? "deleted" : "trashed" };
  } catch (error) {
    if (!isLoomError(error)) throw error;
    return { key, path, action: "failed", error: error.message };
  }
}

// Between the list and the answer a folder may have become a link to somewhere else.
function refuseChanged(entry: CleanEntry, files: FileReader): void {
  const isSame = locate(files, entry.path) === entry.location &&
    files.isLink(entry.location) === (entry.kind === "link");
  if (isSame) return;
  throw new LoomError("clean-changed", `${entry.path} is no longer what was listed`, {
    hint: "clean again",
    data: { path: entry.path },
  });
}

/**
 * As {@linkcode planClean}, of one data entry, which need not be made by a step. `isSource`: no step makes it.
 *
 * @throws {LoomError} `unknown-data`.
 */
export function planRemoval(
  { pipeline }: Loaded,
  context: Context,
  key: string,
): CleanPlan & { readonly isSource: boolean } {
  const { targets, sources, isSource } = removalOf(pipeline, context, key);
  const guard = new CleanGuard(pipeline, context, sources);
  const entries = targets.map((target) => planEntry(target, context.files, { guard, outside: false }));
  return {
    entries,
    isSource,
    refused: entries.filter((entry) => entry.refused !== undefined),
    protected: [],
    baseDir: guard.baseDir,
    outputDir: locate(context.files, joinPath(pipeline.baseDir, pipeline.outputDir)),
    isProtected: (folder) => guard.holds(folder) !== undefined,
  };
}

/** The error that tells why nothing was removed, one problem for each refused path. */
export function cleanRefused(plan: CleanPlan): LoomError {
  const problems = plan.refused.map(({ key, path, refused }) => ({
    level: "error" as const,
    code: "clean-refused",
    message: `Cannot clean '${key}'${path === "" ? "" : ` (${path})`}: ${refused}`,
  }));
  return new LoomError("clean-refused", "Nothing was removed", {
    problems,
    data: { keys: plan.refused.map((e) => e.key) },
  });
}
