/**
 * Logs in pages: a log may be larger than memory, a page of it never is.
 *
 * @module
 */

import type { Context } from "../../../core/context.ts";
import { isInside, joinPath } from "../../../core/graph/mod.ts";

/** A piece of a log. Offsets count bytes. */
export interface LogPage {
  readonly text: string;
  /** Where the piece begins, and where the next one would. */
  readonly offset: number;
  readonly next: number;
  /** Of the whole log. */
  readonly size: number;
}

const NOTHING: LogPage = { text: "", offset: 0, next: 0, size: 0 };

/** The real path of a log, which lies in the project's folder of logs or is not shown. */
export function logFile(project: string, log: string, { files }: Pick<Context, "files">): string | undefined {
  const folder = files.realPath(`${project}/.loom/logs`);
  const path = files.realPath(joinPath(`${project}/.loom`, log));
  return folder !== undefined && path !== undefined && isInside(path, folder) ? path : undefined;
}

/** A page; `offset` below 0 counts from the end. Characters are not cut in two. */
export function logPage(
  file: string | undefined,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): LogPage {
  using opened = file === undefined ? undefined : openIfThere(file);
  if (opened === undefined) return NOTHING;
  const { size } = opened.statSync();
  const start = Math.min(size, offset < 0 ? Math.max(0, size + offset) : offset);
  opened.seekSync(start, Deno.SeekMode.Start);
  const bytes = readUpTo(opened, limit);
  const first = start === 0 ? 0 : bytesToSkip(bytes);
  const end = start + bytes.length < size ? wholeEnd(bytes) : bytes.length;
  return {
    text: new TextDecoder().decode(bytes.subarray(first, end)),
    offset: start + first,
    next: start + end,
    size,
  };
}

/** The file is made with the first byte that is written. */
function openIfThere(path: string): Deno.FsFile | undefined {
  try {
    return Deno.openSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function readUpTo(file: Deno.FsFile, limit: number): Uint8Array {
  const bytes = new Uint8Array(limit);
  let length = 0;
  while (length < limit) {
    const count = file.readSync(bytes.subarray(length));
    if (count === null) break;
    length += count;
  }
  return bytes.subarray(0, length);
}

/** Bytes that belong to a character that began before. */
function bytesToSkip(bytes: Uint8Array): number {
  let at = 0;
  while (at < 3 && at < bytes.length && (bytes[at] & 0xc0) === 0x80) at++;
  return at;
}

/** The end of the last character that is all there. */
function wholeEnd(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back && back < bytes.length ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
