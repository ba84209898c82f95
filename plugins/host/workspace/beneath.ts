/**
 * Files below one folder, by the names of the folders on the way. What the two implementations have in common.
 *
 * @module
 */

import { isLoomError } from "../../../core/errors.ts";

/** Names from the root down, none of them a link, `.` or `..`. Empty is the root itself. */
export type Parts = readonly string[];

/** An entry, links not followed. */
export interface Node {
  readonly kind: "file" | "directory" | "symlink" | "other";
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  /** Permission bits. */
  readonly mode: number;
  /** How many names the file has. */
  readonly links: number;
  /** Tells it from every other one, also from a later one of the same name. */
  readonly identity: string;
}

/** An entry of a folder. */
export interface NamedNode extends Node {
  readonly name: string;
}

/**
 * The disk below a root. No call follows a link, whoever puts one in its way while it works: it fails then, with
 * `changed-meanwhile` as for everything else that is no longer what it was.
 */
export interface Beneath {
  /** `undefined` if nothing is there. */
  look(parts: Parts): Node | undefined;
  /** A regular file, whole. */
  read(parts: Parts, maxBytes: number): { readonly bytes: Uint8Array<ArrayBuffer>; readonly node: Node };
  list(parts: Parts): readonly NamedNode[];
  makeFolder(parts: Parts, mode: number): void;
  /** Puts a file there as a whole, flushed, in the place of `was`; of nothing, if that is `undefined`. */
  replace(parts: Parts, bytes: Uint8Array, options: { readonly mode: number; readonly was: Node | undefined }): void;
  /** A file or an empty folder. */
  remove(parts: Parts, was: Node): void;
  /** Never onto something that is there. */
  rename(from: Parts, to: Parts, was: Node): void;
  close(): void;
}

/** Name of a file that is not complete yet. */
export function temporaryName(name: string, random: string): string {
  return `.${name.slice(0, 60)}.${random}.loom-tmp`;
}

/** Whether two looks saw the same, unchanged. */
export function isSame(a: Node, b: Node | undefined): boolean {
  return b !== undefined && a.identity === b.identity && a.kind === b.kind && a.links === b.links &&
    (a.kind === "directory" || (a.sizeBytes === b.sizeBytes && a.mtimeMs === b.mtimeMs));
}

/** What `work` finds; `undefined` if a folder on the way is not there. */
export function ifThere<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (isLoomError(error) && error.code === "file-not-found") return undefined;
    throw error;
  }
}
