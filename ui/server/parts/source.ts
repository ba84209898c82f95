/**
 * The files that a page may look into: what lies in the opened folder, and what a pipeline declares as its data.
 *
 * @module
 */

import { isInside, joinPath } from "../../../core/graph/mod.ts";
import { copyOf, type Located, locateData, locateText, matchesOf } from "../../../core/look/mod.ts";
import type { FileInfo } from "../../../core/ports/files.ts";
import type { Parts } from "./parts.ts";
import { openAt } from "./pipelines.ts";
import { confined } from "../base/place.ts";
import { refusal } from "../base/refusal.ts";

/** What is asked for: a data entry, or a text of a step; `file` is a file in that folder. */
export interface Asked {
  readonly path: string;
  readonly key?: string;
  readonly text?: string;
  readonly file?: string;
}

/** Something on the disk that may be looked into. */
export interface Source {
  /** Every link resolved: what was judged is what is opened. */
  readonly real: string;
  readonly info: FileInfo;
  /** The type that the data entry declares. */
  readonly type?: string;
  /** Key of the data entry it is, or lies in. */
  readonly key?: string;
}

/**
 * Finds it.
 *
 * @throws {LoomError} Status 404 if there is no such entry or file, or it is an address; 403 if it lies outside.
 */
export async function sourceAt(asked: Asked, parts: Parts): Promise<Source> {
  const { context: { files } } = parts;
  const { place, type } = await placeOf(asked, parts);
  if (place.kind === "nowhere") throw refusal(404, place.code, place.message, place.hint);
  const { key } = place;
  if (place.kind === "url") return { ...await copied(asked, place.url, parts), type, key };
  const declared = matchesOf(place.path, files)[0] ?? place.path;
  const root = files.realPath(declared);
  if (root === undefined) {
    if (key === undefined) confined(declared, parts.place, parts.context);
    throw absent(place.path);
  }
  if (key === undefined && !isInside(root, parts.place.root)) throw outside(place.path);
  if (asked.file === undefined) return { real: root, info: infoOf(root, parts), type, key };
  const real = fileIn(root, asked.file, parts);
  return { real, info: infoOf(real, parts), key };
}

/** What a run has fetched from an address. */
async function copied({ path }: Asked, url: string, parts: Parts): Promise<Pick<Source, "real" | "info">> {
  const real = copyOf((await openAt(path, parts)).pipeline, url, parts.context);
  if (real !== undefined) return { real, info: infoOf(real, parts) };
  throw refusal(404, "an-address", `${url} lies on another machine`, "a step that reads it leaves a copy here");
}

/** Where what is asked for is, absolute or an address. */
export async function placeOf(
  { path, key, text }: Asked,
  parts: Parts,
): Promise<{ readonly place: Located; readonly type?: string }> {
  const { pipeline } = await openAt(path, parts);
  if (key === undefined && text === undefined) {
    throw refusal(400, "bad-request", "Neither a data entry is named nor a path", "give 'key' or 'text'");
  }
  const place = key === undefined
    ? locateText(pipeline, text!, parts.context)
    : locateData(pipeline, key, parts.context);
  const entry = pipeline.data.get(place.kind === "nowhere" ? "" : place.key ?? "");
  return { place, type: entry?.type };
}

function fileIn(folder: string, file: string, { context: { files }, place }: Parts): string {
  if (file.includes("\0")) throw outside(file);
  const real = files.realPath(joinPath(folder, file));
  if (real === undefined && isInside(joinPath(folder, file), folder)) throw absent(file);
  if (real === undefined || !(isInside(real, folder) || isInside(real, place.root))) throw outside(file);
  return real;
}

function infoOf(real: string, { context: { files } }: Parts): FileInfo {
  const info = files.stat(real);
  if (info === undefined) throw absent(real);
  return info;
}

function absent(path: string) {
  return refusal(404, "absent", `There is nothing at ${path}`);
}

function outside(path: string) {
  return refusal(403, "outside", `${path} lies outside the folder that was opened`);
}
