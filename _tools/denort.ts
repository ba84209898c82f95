/**
 * A matching pair of `deno` and `denort` out of the npm registry alone, for machines that reach nothing else.
 *
 * `denort`, the runtime that `deno compile` appends a program to, is not published on npm. A program made with
 * `deno compile` is that runtime, byte for byte, with the program behind it; so the runtime is cut, at the end of its
 * ELF image, out of a program that is on npm. Both files are compared with pinned digests before they are used.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { join } from "node:path";
import { must } from "./_run.ts";

/** Paths of two programs of one version of Deno. */
export interface DenoPair {
  readonly version: string;
  readonly deno: string;
  /** Goes into the environment variable DENORT_BIN. */
  readonly denort: string;
}

interface Part {
  readonly file: string;
  /** npm package that carries it. */
  readonly carrier: string;
  /** Which file of the package. */
  readonly inside: string;
  readonly sha256: string;
  /** The part of that file that is wanted. */
  readonly cut: (bytes: Uint8Array) => Uint8Array;
}

const VERSION = "2.7.11";

const PARTS: readonly Part[] = [
  {
    file: "deno",
    carrier: `@deno/linux-x64-glibc@${VERSION}`,
    inside: "deno",
    sha256: "e518fbc96877fbc2b37820ec54a02e473166cb25a5d4d627ffde37360fd7d210",
    cut: (bytes) => bytes,
  },
  {
    // MIT licence; made with `deno compile` of the same version.
    file: "denort",
    carrier: "@stdy/cli-linux-x64@0.22.2",
    inside: "bin/steady",
    sha256: "f12d5d3886d5ea138304fb8d67d7396cfbedf53656676132152cb89f3fa4d8e6",
    cut: elfImage,
  },
];

/**
 * The pair, fetched on first use and kept in the user's cache folder.
 *
 * @throws {Error} On another platform than Linux x64, when a package cannot be fetched, or when a digest differs.
 */
export async function denoPair(): Promise<DenoPair> {
  if (Deno.build.os !== "linux" || Deno.build.arch !== "x86_64") {
    throw new Error(`Cannot take denort from npm: it is there for linux x86_64 only, this is ${Deno.build.target}`);
  }
  const folder = join(cacheFolder(), "loom-build", VERSION);
  await Deno.mkdir(folder, { recursive: true });
  const [deno, denort] = [await ensure(PARTS[0], folder), await ensure(PARTS[1], folder)];
  return { version: VERSION, deno, denort };
}

/** The bytes of an ELF file without anything appended to it: up to its last section or its section table. */
export function elfImage(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const offset = (at: number) => Number(view.getBigUint64(at, true));
  const [table, size, count] = [offset(0x28), view.getUint16(0x3a, true), view.getUint16(0x3c, true)];
  let end = table + size * count;
  for (let at = table; at < table + size * count; at += size) {
    const occupiesNoBytes = view.getUint32(at + 4, true) === SHT_NOBITS;
    if (!occupiesNoBytes) end = Math.max(end, offset(at + 0x18) + offset(at + 0x20));
  }
  return bytes.subarray(0, end);
}

/** Section type of the ELF format whose size counts in memory only. */
const SHT_NOBITS = 8;

async function ensure(part: Part, folder: string): Promise<string> {
  const path = join(folder, part.file);
  if (await digestOf(path) === part.sha256) return path;
  const bytes = part.cut(await fetchFile(part));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== part.sha256) {
    throw new Error(`Cannot use ${part.file} of ${part.carrier}: its digest is ${sha256}, not ${part.sha256}`);
  }
  const temporary = `${path}.${Deno.pid}`;
  await Deno.writeFile(temporary, bytes, { mode: 0o755 });
  await Deno.rename(temporary, path);
  return path;
}

async function fetchFile(part: Part): Promise<Uint8Array> {
  const work = await Deno.makeTempDir({ prefix: "loom-build-" });
  try {
    const archive = (await must(["npm", "pack", "--silent", part.carrier], { cwd: work })).trim().split("\n").pop();
    await must(["tar", "xzf", join(work, archive ?? ""), "-C", work]);
    return await Deno.readFile(join(work, "package", part.inside));
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}

async function digestOf(path: string): Promise<string | undefined> {
  try {
    return createHash("sha256").update(await Deno.readFile(path)).digest("hex");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function cacheFolder(): string {
  const home = Deno.env.get("HOME") ?? Deno.env.get("TMPDIR") ?? "/tmp";
  return Deno.env.get("XDG_CACHE_HOME") || join(home, ".cache");
}

if (import.meta.main) {
  const { deno, denort } = await denoPair();
  console.log(`DENO=${deno}\nDENORT_BIN=${denort}`);
}
