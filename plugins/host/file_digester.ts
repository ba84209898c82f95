import type { FileDigester } from "../../core/ports/files.ts";
import type { Hash } from "node:crypto";
import { fileError } from "./file_errors.ts";

/** SHA-256 of what is on the real disk. */
export const hostFileDigester: FileDigester = { digest, digestText };

/** Large enough that hashing, not asking, takes the time; hashed in about 2 ms, so nothing else waits for long. */
const chunkBytes = 4 * 1024 * 1024;

type DigestOptions = { signal?: AbortSignal; onBytes?: (count: number) => void };

function newHash(): Hash {
  // Imported, node:crypto would cost every start of loom 16 ms, also of those that digest nothing.
  return process.getBuiltinModule("node:crypto").createHash("sha256");
}

function digestText(text: string): string {
  return newHash().update(text).digest("hex");
}

async function digest(path: string, options: DigestOptions = {}): Promise<string> {
  options.signal?.throwIfAborted();
  try {
    using file = Deno.openSync(path);
    const { size } = file.statSync();
    return size <= chunkBytes / 16 ? digestSmall(file, options) : await digestLarge(file, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw fileError("read", path, error);
  }
}

/** Without leaving the thread: a hop costs more than the file. Reads to its end, even if it grows meanwhile. */
function digestSmall(file: Deno.FsFile, options: DigestOptions): string {
  const hash = newHash();
  const buffer = new Uint8Array(64 * 1024);
  for (let count = file.readSync(buffer); count !== null; count = file.readSync(buffer)) {
    hash.update(buffer.subarray(0, count));
    options.onBytes?.(count);
  }
  return hash.digest("hex");
}

/** Hashes one buffer while the other is filled by another thread. */
async function digestLarge(file: Deno.FsFile, options: DigestOptions): Promise<string> {
  const hash = newHash();
  let [current, other] = [new Uint8Array(chunkBytes), new Uint8Array(chunkBytes)];
  let count = await file.read(current);
  while (count !== null) {
    const next = file.read(other);
    hash.update(current.subarray(0, count));
    options.onBytes?.(count);
    count = await next;
    options.signal?.throwIfAborted();
    [current, other] = [other, current];
  }
  return hash.digest("hex");
}
