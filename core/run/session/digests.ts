import type { FileInfo, Files } from "../../ports/files.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DigestRecord, Digests } from "../../ports/store.ts";

/** Stands for the content of what is not there. */
export const ABSENT = "absent";

/**
 * A digest is trusted for a file whose last change lies at least this long before the moment it was read. A later
 * change within one tick of the file system's clock would leave the same time behind. Ticks are 1 to 10 ms on Linux.
 */
export const SETTLED_MS = 40;

/** From this size on it is cheaper to wait until a fresh file has settled than to read it twice. */
const WAIT_FROM_BYTES = 16 * 1024 * 1024;

/** Reading this much takes so long that a person wants to see it go on. */
const TELL_FROM_BYTES = 64 * 1024 * 1024;
const TELL_EVERY_MS = 100;

/** Hears how many bytes of a file have been read. */
export type OnProgress = (progress: { readonly path: string; readonly done: number; readonly total: number }) => void;

/** What a {@linkcode Digester} needs. `onProgress` hears of large files, at most ten times a second and at the end. */
export interface DigesterPorts {
  readonly files: Files;
  readonly clock: Clock;
  readonly onProgress?: OnProgress;
}

/**
 * Content digests of files and folders. A file is read again only when its size, times or inode have changed.
 *
 * The digest of a folder is that of the sorted list of its files' paths and digests, links followed.
 */
export class Digester {
  readonly #files: Files;
  readonly #clock: Clock;
  readonly #store: Digests | undefined;
  readonly #onProgress: OnProgress;
  /** By path; `undefined` for what the store was asked for in vain. */
  #known = new Map<string, DigestRecord | undefined>();
  #fresh = new Map<string, DigestRecord>();
  #folders: Map<string, string> | undefined;

  constructor(ports: DigesterPorts, store?: Digests) {
    this.#files = ports.files;
    this.#clock = ports.clock;
    this.#store = store;
    this.#onProgress = ports.onProgress ?? (() => {});
  }

  /** The same digester for a time in which nothing changes on the disk: it walks each folder once. */
  still(): Digester {
    const still = new Digester({ files: this.#files, clock: this.#clock, onProgress: this.#onProgress }, this.#store);
    [still.#known, still.#fresh, still.#folders] = [this.#known, this.#fresh, new Map()];
    return still;
  }

  /** The digest if it is known without reading content; `undefined` otherwise. */
  peek(path: string): string | undefined {
    const info = this.#files.stat(path);
    if (info === undefined) return ABSENT;
    if (info.kind !== "directory") return this.#peekFile(path, info);
    const known = this.#folders?.get(path);
    if (known !== undefined) return known;
    const lines: string[] = [];
    for (const [name, file] of this.#walk(path)) {
      const digest = this.peek(file);
      if (digest === undefined) return undefined;
      lines.push(`${digest} ${name}`);
    }
    return this.#folder(path, lines);
  }

  /** The digest: at once when it is known, else after reading. */
  digest(path: string, options: { readonly signal?: AbortSignal } = {}): string | Promise<string> {
    const info = this.#files.stat(path);
    if (info === undefined) return ABSENT;
    if (info.kind === "directory") return this.peek(path) ?? this.#readFolder(path, options);
    return this.#peekFile(path, info) ?? this.#read(path, info, options);
  }

  async #readFolder(path: string, options: { readonly signal?: AbortSignal }): Promise<string> {
    const lines: string[] = [];
    for (const [name, file] of this.#walk(path)) lines.push(`${await this.digest(file, options)} ${name}`);
    return this.#folder(path, lines);
  }

  #folder(path: string, lines: readonly string[]): string {
    const digest = this.#files.digestText(lines.join("\n"));
    this.#folders?.set(path, digest);
    return digest;
  }

  /** Hands what was learnt since the last call to the store; call inside a transaction. */
  save(): void {
    for (const record of this.#fresh.values()) this.#store?.put(record);
    this.#fresh.clear();
  }

  #peekFile(path: string, info: FileInfo): string | undefined {
    if (info.kind === "other") return "special";
    if (!this.#known.has(path)) this.#known.set(path, this.#store?.get(path));
    const record = this.#known.get(path);
    if (record === undefined || !isSame(record, info) || record.at - info.mtimeMs < SETTLED_MS) return undefined;
    return record.digest;
  }

  async #read(path: string, info: FileInfo, options: { signal?: AbortSignal }): Promise<string> {
    const age = this.#clock.now() - info.mtimeMs;
    if (info.sizeBytes >= WAIT_FROM_BYTES && age >= 0 && age < SETTLED_MS) await this.#clock.sleep(SETTLED_MS - age);
    const at = this.#clock.now();
    const digest = await this.#files.digest(path, { ...options, onBytes: this.#progressOf(path, info.sizeBytes) });
    const record = { path, ...statOf(this.#files.stat(path) ?? info), digest, at };
    // A file that changed while it was read has a digest of no moment in particular: use it once, remember nothing.
    if (!isSame(record, info)) return digest;
    this.#known.set(path, record);
    this.#fresh.set(path, record);
    return digest;
  }

  /** What hears how far the reading of a large file has come, and passes it on now and then. */
  #progressOf(path: string, total: number): ((count: number) => void) | undefined {
    if (total < TELL_FROM_BYTES) return undefined;
    let done = 0;
    let toldMs = this.#clock.monotonicMs();
    return (count) => {
      done += count;
      const nowMs = this.#clock.monotonicMs();
      if (nowMs - toldMs < TELL_EVERY_MS && done < total) return;
      toldMs = nowMs;
      this.#onProgress({ path, done: Math.min(done, total), total });
    };
  }

  /** Files below a folder as `[relative name, path]`, in order; each real folder once, so links cannot loop. */
  *#walk(folder: string, prefix = "", above: readonly string[] = []): Generator<[string, string]> {
    const real = this.#files.realPath(folder) ?? folder;
    if (above.includes(real)) return;
    const entries = [...this.#files.list(folder)].sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const { name, kind } of entries) {
      const path = `${folder}/${name}`;
      const isFolder = kind === "directory" || (kind === "symlink" && this.#files.stat(path)?.kind === "directory");
      if (isFolder) yield* this.#walk(path, `${prefix}${name}/`, [...above, real]);
      else yield [prefix + name, path];
    }
  }
}

function statOf(info: FileInfo): Pick<DigestRecord, "sizeBytes" | "mtimeMs" | "ctimeMs" | "inode"> {
  return { sizeBytes: info.sizeBytes, mtimeMs: info.mtimeMs, ctimeMs: info.ctimeMs, inode: info.inode };
}

function isSame(record: DigestRecord, info: FileInfo): boolean {
  return record.sizeBytes === info.sizeBytes && record.mtimeMs === info.mtimeMs &&
    record.ctimeMs === info.ctimeMs && record.inode === info.inode;
}
