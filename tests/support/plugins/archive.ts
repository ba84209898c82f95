/**
 * Archives as npm packages have them, honest or not.
 *
 * @module
 */

import { packTar, type TarEntry } from "modern-tar";

/** Files by path inside the archive; those of a package lie in `package/`. */
export type ArchiveFiles = Readonly<Record<string, string | Uint8Array>>;

/** A `.tgz` of these files, each below `package/`. */
export async function packageArchive(files: ArchiveFiles): Promise<Uint8Array> {
  return await archive(Object.entries(files).map(([path, content]) => fileEntry(`package/${path}`, content)));
}

/** One file of an archive. */
export function fileEntry(name: string, content: string | Uint8Array): TarEntry {
  const body = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return { header: { name, size: body.length, type: "file" }, body };
}

/** A `.tgz` of exactly these entries. */
export async function archive(entries: TarEntry[]): Promise<Uint8Array> {
  return await gzip(await packTar(entries));
}

/** Compressed. */
export async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
