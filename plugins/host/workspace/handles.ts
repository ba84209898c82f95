/**
 * Opening, looking and listing by handles, over the C library.
 *
 * @module
 */

import type { NamedNode, Node, Parts } from "./beneath.ts";
import { changedMeanwhile, fileNotFound, refusedBySystem } from "./errors.ts";
import { AT_CWD, AT_EMPTY_PATH, AT_NO_FOLLOW, cText, type FileLibc, lastError, OPEN } from "./libc.ts";

const FOLDER = OPEN.directory | OPEN.noFollow | OPEN.closeOnExec;

/** Nothing but what `Node` holds is asked for. */
const BASIC_STATS = 0x7ff;

/** A handle of the workspace's folder, to go on from. */
export function openRoot(libc: FileLibc, root: string): number {
  const handle = libc.openat(AT_CWD, cText(root), OPEN.path | FOLDER, 0);
  if (handle < 0) throw refusedBySystem("open", root, lastError(libc));
  return handle;
}

/** Goes down from the root, one folder at a time and through no link, and hands the last one to `work`. */
export function inFolder<T>(libc: FileLibc, root: number, parts: Parts, work: (folder: number) => T): T {
  let at = root;
  try {
    for (const [index, name] of parts.entries()) {
      const next = libc.openat(at, cText(name), OPEN.path | FOLDER, 0);
      if (next < 0) throw lostOnTheWay(lastError(libc), lookAt(libc, at, name), parts.slice(0, index + 1).join("/"));
      if (at !== root) libc.close(at);
      at = next;
    }
    return work(at);
  } finally {
    if (at !== root) libc.close(at);
  }
}

/** The way was free of links when it was looked at: one that stands there now was put there since. */
function lostOnTheWay(reason: string, there: Node | undefined, path: string): Error {
  if (there === undefined) return fileNotFound(path);
  if (there.kind === "symlink") return changedMeanwhile(path);
  return refusedBySystem("open", path, reason);
}

/** Looks at `name` in a folder. */
export function lookAt(libc: FileLibc, folder: number, name: string): Node | undefined {
  const bytes = new Uint8Array(256);
  if (libc.statx(folder, cText(name), AT_NO_FOLLOW, BASIC_STATS, bytes) === 0) return toNode(bytes);
  const reason = lastError(libc);
  if (reason === "ENOENT" || reason === "ENOTDIR") return undefined;
  throw refusedBySystem("look at", name, reason);
}

/** Looks at what is open. */
export function lookAtHandle(libc: FileLibc, handle: number): Node {
  const bytes = new Uint8Array(256);
  if (libc.statx(handle, cText(""), AT_EMPTY_PATH, BASIC_STATS, bytes) === 0) return toNode(bytes);
  throw refusedBySystem("look at", "an open file", lastError(libc));
}

const KINDS: Readonly<Record<number, Node["kind"]>> = { 0o04: "directory", 0o10: "file", 0o12: "symlink" };

/** The structure `statx` is the same on all architectures. */
function toNode(bytes: Uint8Array<ArrayBuffer>): Node {
  const view = new DataView(bytes.buffer);
  const mode = view.getUint16(28, true);
  const seconds = Number(view.getBigInt64(112, true));
  return {
    kind: KINDS[mode >> 12] ?? "other",
    sizeBytes: Number(view.getBigUint64(40, true)),
    mtimeMs: seconds * 1000 + view.getUint32(120, true) / 1e6,
    mode: mode & 0o7777,
    links: view.getUint32(16, true),
    identity: `${view.getUint32(136, true)}:${view.getUint32(140, true)}:${view.getBigUint64(32, true)}`,
  };
}

/** Entries of an open folder. */
export function listHandle(libc: FileLibc, folder: number): readonly NamedNode[] {
  const handle = libc.openat(folder, cText("."), FOLDER, 0);
  if (handle < 0) throw refusedBySystem("list", ".", lastError(libc));
  try {
    return namesIn(libc, handle).flatMap((name) => {
      const node = lookAt(libc, handle, name);
      // Removed since its name was read.
      return node === undefined ? [] : [{ name, ...node }];
    });
  } finally {
    libc.close(handle);
  }
}

function namesIn(libc: FileLibc, handle: number): readonly string[] {
  const names: string[] = [];
  const bytes = new Uint8Array(64 * 1024);
  const view = new DataView(bytes.buffer);
  for (;;) {
    const count = Number(libc.getdents64(handle, bytes, BigInt(bytes.length)));
    if (count < 0) throw refusedBySystem("list", ".", lastError(libc));
    if (count === 0) return names;
    for (let at = 0; at < count; at += view.getUint16(at + 16, true)) {
      const start = at + 19;
      const name = decoder.decode(bytes.subarray(start, bytes.indexOf(0, start)));
      if (name !== "." && name !== "..") names.push(name);
    }
  }
}

const decoder = new TextDecoder();
