/**
 * Unpacking an archive into memory. Whoever made it is not trusted: nothing of it touches the disk.
 *
 * @module
 */

import { createTarDecoder, type TarHeader } from "modern-tar";
import { isLoomError } from "../../../../core/errors.ts";
import { MAX_FILES, MAX_SOURCE_BYTES, sourceError, tooLarge } from "./limits.ts";
import { collect } from "./http.ts";

/** How an archive is read. */
export interface UnpackOptions {
  /** What it is called in messages. */
  readonly label: string;
  readonly gzip: boolean;
  /** What becomes of links: an honest package has none, a repository may. */
  readonly links: "refuse" | "skip";
}

/** A folder of names costs 512 bytes a file in the archive, even if the files are empty. */
const MAX_ARCHIVE_BYTES = MAX_SOURCE_BYTES + MAX_FILES * 1024;

/**
 * Its files by path, without the folder that all of them lie in.
 *
 * @throws {LoomError} `plugin-source` if it is no such archive, or holds what it must not; `plugin-too-large`.
 */
export async function unpack(archive: Uint8Array, options: UnpackOptions): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  let left = MAX_SOURCE_BYTES;
  try {
    for await (const { header, body } of entriesOf(archive, options)) {
      const path = pathOf(header, options);
      if (path === undefined) {
        await body.cancel();
        continue;
      }
      const bytes = await collect(body, left, options.label);
      left -= bytes.length;
      if (files.set(path, bytes).size > MAX_FILES) throw tooManyFiles(options.label);
    }
  } catch (error) {
    throw isLoomError(error) ? error : sourceError(options.label, "its archive is broken", undefined, error);
  }
  return files;
}

function entriesOf(archive: Uint8Array, { gzip, label }: UnpackOptions) {
  const raw = new Blob([archive as Uint8Array<ArrayBuffer>]).stream();
  const plain = gzip ? raw.pipeThrough(new DecompressionStream("gzip")) : raw;
  return plain.pipeThrough(atMost(MAX_ARCHIVE_BYTES, label)).pipeThrough(createTarDecoder({ strict: true }));
}

/** A small file can unpack to more than any disk holds: the stream is cut off where it becomes too much. */
function atMost(maxBytes: number, label: string): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  return new TransformStream({
    transform(piece, controller) {
      size += piece.length;
      if (size > maxBytes) controller.error(tooLarge(label, MAX_SOURCE_BYTES));
      else controller.enqueue(piece);
    },
  });
}

/** Where it goes; `undefined` for what is left out. */
function pathOf(header: TarHeader, { label, links }: UnpackOptions): string | undefined {
  const { name, type = "file" } = header;
  if (type === "directory" || type === "pax-global-header") return undefined;
  if ((type === "symlink" || type === "link") && links === "skip") return undefined;
  if (type !== "file") throw sourceError(label, `its archive holds a ${type}: ${shown(name)}`);
  const parts = name.split("/");
  // deno-lint-ignore no-control-regex
  const isOdd = /^\/|[\u0000-\u001f\\]|^[A-Za-z]:/.test(name) || parts.some((part) => part === ".." || part === "");
  if (isOdd) throw sourceError(label, `its archive holds a file with the path ${shown(name)}`);
  const inside = parts.filter((part) => part !== ".").slice(1);
  return inside.length === 0 ? undefined : inside.join("/");
}

function shown(name: string): string {
  return JSON.stringify(name.slice(0, 100));
}

function tooManyFiles(label: string) {
  return sourceError(label, `it has more than ${MAX_FILES} files`, "leave out what the plugin does not need");
}
