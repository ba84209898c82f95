/**
 * Local copies of addresses, in a folder beside the pipeline that the original names and fills the same way.
 *
 * @module
 */

import type { Context } from "../../context.ts";
import { joinPath } from "../../paths.ts";
import type { Files } from "../../ports/files.ts";
import type { Net, Validators } from "../../ports/net.ts";

/** Folder of the copies, in the pipeline's. */
const CACHE_FOLDER = ".loom-url-cache";

/** A server that says nothing for this long is given up; the original waits as long. */
const TIMEOUT_MS = 30_000;

/** Most bytes of a name that come from the address; a disk takes 255, and the digest and temporary endings need theirs. */
const MAX_NAME_BYTES = 200;

/** Where and how an address is kept. */
export interface LocalCopyOptions {
  /** The pipeline's folder, absolute. */
  readonly baseDir: string;
  readonly context: Context;
  readonly signal: AbortSignal;
  /** Ask the server whether an existing copy is still good. */
  readonly refresh: boolean;
}

/** Downloads under way, by file: steps that want the same address at once share one. */
const underWay = new WeakMap<Net, Map<string, Promise<void>>>();

/**
 * Absolute path of the local copy of `url`, whether it is there or not:
 * `<baseDir>/.loom-url-cache/<first 16 hex digits of SHA-256 of the address>_<last part of its path, or "download">`.
 */
export function localPath(url: string, options: { readonly baseDir: string; readonly files: Files }): string {
  const digest = options.files.digestText(url).slice(0, 16);
  return joinPath(options.baseDir, `${CACHE_FOLDER}/${digest}_${nameOf(url)}`);
}

/**
 * Absolute path of a complete local copy of `url`, downloaded if there is none.
 *
 * With `refresh` the server is asked; what it calls unchanged is kept.
 *
 * @throws {LoomError} `download-failed`, and errors of the disk. An earlier copy stays as it was.
 */
export async function localCopy(url: string, options: LocalCopyOptions): Promise<string> {
  const { files } = options.context;
  const path = localPath(url, { baseDir: options.baseDir, files });
  if (options.refresh || files.stat(path)?.kind !== "file") await shared(path, url, options);
  return path;
}

/** One download for all who ask meanwhile. If it ends only because another asker gave up, it is begun anew. */
async function shared(path: string, url: string, options: LocalCopyOptions): Promise<void> {
  const { net } = options.context;
  const downloads = underWay.get(net) ?? new Map<string, Promise<void>>();
  underWay.set(net, downloads);
  const others = downloads.get(path);
  if (others !== undefined) return await others.catch((error) => tryAgain(error, path, url, options));
  const own = download(path, url, options).finally(() => downloads.delete(path));
  downloads.set(path, own);
  return await own;
}

function tryAgain(error: unknown, path: string, url: string, options: LocalCopyOptions): Promise<void> {
  options.signal.throwIfAborted();
  const answered = error instanceof Error && error.name === "LoomError";
  return answered ? Promise.reject(error) : shared(path, url, options);
}

async function download(path: string, url: string, options: LocalCopyOptions): Promise<void> {
  const { files, net } = options.context;
  const notes = `${path}.meta.json`;
  const previous = files.stat(path)?.kind === "file" ? readNotes(files.readText(notes)) : {};
  files.makeDirectory(joinPath(options.baseDir, CACHE_FOLDER));
  const { unchanged, ...validators } = await net.download(url, path, {
    timeoutMs: TIMEOUT_MS,
    signal: options.signal,
    previous,
  });
  if (unchanged) return;
  if (Object.keys(validators).length > 0) files.writeAtomic(notes, `${JSON.stringify(validators)}\n`);
  else files.remove(notes);
}

/** What the server said of the copy. Notes that cannot be read are none: the file is fetched as if for the first time. */
function readNotes(text: string | undefined): Validators {
  if (text === undefined) return {};
  let notes: unknown;
  try {
    notes = JSON.parse(text);
  } catch {
    return {};
  }
  if (typeof notes !== "object" || notes === null) return {};
  const { etag, lastModified } = notes as Record<string, unknown>;
  return {
    ...(typeof etag === "string" && { etag }),
    ...(typeof lastModified === "string" && { lastModified }),
  };
}

/** Last part of the address's path as it is written, escapes too, so that copies made by the original are found. */
function nameOf(url: string): string {
  const path = /^[a-z]+:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1] ?? "";
  const parts = path.split("/").map((part, i, all) => i === all.length - 1 ? part.split(";")[0] : part);
  const last = parts.findLast((part) => part !== "" && part !== ".");
  return last === undefined ? "download" : shortened(last.replace(UNSAFE, "_"));
}

/** Not allowed in file names somewhere, or able to lead out of the folder. */
// deno-lint-ignore no-control-regex
const UNSAFE = /[\\/:*?"<>|\u0000-\u001f\u007f]/g;

/** The end of a name that is too long: there is the extension. */
function shortened(name: string): string {
  const bytes = new TextEncoder().encode(name);
  if (bytes.length <= MAX_NAME_BYTES) return name;
  return new TextDecoder().decode(bytes.subarray(bytes.length - MAX_NAME_BYTES)).replace(/^\ufffd+/, "");
}
