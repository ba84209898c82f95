import type { FileDigester } from "../../../core/ports/files.ts";
import type { Hash } from "node:crypto";
import { fileError } from "./errors.ts";
import { sha256 } from "./sha256.ts";

/** SHA-256 of what is on the real disk. */
export const hostFileDigester: FileDigester = { digest, digestText, digestBytes: hashOf };

/** Large enough that hashing, not asking, takes the time; hashed in about 1 ms, so nothing else waits for long. */
const chunkBytes = 2 * 1024 * 1024;

type DigestOptions = { signal?: AbortSignal; onBytes?: (count: number) => void };

/** Bytes that are hashed in JavaScript before node:crypto, which then is quicker, is worth its 18 ms of loading. */
const scriptBytes = 256 * 1024;
let scriptBytesLeft = scriptBytes;

function newHash(): Hash {
  scriptBytesLeft = 0;
  return globalThis.process.getBuiltinModule("node:crypto").createHash("sha256");
}

function hashOf(bytes: Uint8Array): string {
  if (bytes.length > scriptBytesLeft) return newHash().update(bytes).digest("hex");
  scriptBytesLeft -= bytes.length;
  return sha256(bytes);
}

function digestText(text: string): string {
  return hashOf(encoder.encode(text));
}

const encoder = new TextEncoder();

async function digest(path: string, options: DigestOptions = {}): Promise<string> {
  await letOthersIn();
  options.signal?.throwIfAborted();
  try {
    using file = Deno.openSync(path);
    const { size } = file.statSync();
    return size <= chunkBytes / 8 ? digestSmall(file, size, options) : await digestLarge(file, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw fileError("read", path, error);
  }
}

/** The longest that a row of small files keeps everything else waiting. */
const turnMs = 20;
let turnStarted = 0;

/** Small files are read without a pause; without this one, a hundred thousand of them could not be interrupted. */
async function letOthersIn(): Promise<void> {
  if (performance.now() - turnStarted < turnMs) return;
  await new Promise((resolve) => setTimeout(resolve, 0));
  turnStarted = performance.now();
}

/** Without leaving the thread: a hop costs more than the file. Reads to its end, even if it grows meanwhile. */
function digestSmall(file: Deno.FsFile, sizeBytes: number, options: DigestOptions): string {
  let buffer = new Uint8Array(sizeBytes + 1);
  let filled = 0;
  for (let count = file.readSync(buffer); count !== null; count = file.readSync(buffer.subarray(filled))) {
    filled += count;
    options.onBytes?.(count);
    if (filled === buffer.length) buffer = grown(buffer);
  }
  return hashOf(buffer.subarray(0, filled));
}

function grown(buffer: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(buffer.length * 2);
  larger.set(buffer);
  return larger;
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
