import type { Context } from "../../../core/context.ts";
import { refusal } from "../base/refusal.ts";
import type { Source } from "../parts/source.ts";

/**
 * Opens a file to read from it. Only what was judged is opened: a link or another file that took its place since is not.
 *
 * @throws {LoomError} Status 404 for a folder, a device and everything else that is no plain file, and for what is gone;
 * 403 if it may not be read.
 */
export async function openFile({ real, info }: Source, { files }: Pick<Context, "files">): Promise<Deno.FsFile> {
  // To open a pipe would wait for somebody who writes to it.
  if (info.kind !== "file" || files.stat(real)?.kind !== "file") throw noFile(real);
  const file = await opened(real);
  const now = await file.stat();
  if (now.isFile && (now.ino ?? 0) === info.inode && now.dev === info.device) return file;
  file.close();
  throw refusal(404, "absent", `${real} has been replaced just now`, "look again");
}

async function opened(path: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw refusal(404, "absent", `There is nothing at ${path}`);
    if (error instanceof Deno.errors.PermissionDenied) throw refusal(403, "not-permitted", `${path} may not be read`);
    throw error;
  }
}

function noFile(path: string) {
  return refusal(404, "no-file", `${path} is no plain file`);
}

/** The first bytes, from where the file stands. */
export async function headOf(file: Deno.FsFile, bytes: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(bytes);
  let at = 0;
  while (at < bytes) {
    const read = await file.read(buffer.subarray(at));
    if (read === null) break;
    at += read;
  }
  return buffer.subarray(0, at);
}
