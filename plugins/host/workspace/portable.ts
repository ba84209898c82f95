import { osCode } from "../files/errors.ts";
import { hostRandom } from "../machine/random.ts";
import type { Beneath, NamedNode, Node, Parts } from "./beneath.ts";
import { ifThere, isSame, temporaryName } from "./beneath.ts";
import { changedMeanwhile, fileExists, fileNotFound, refusedBySystem, specialFile, tooLarge } from "./errors.ts";

/**
 * Files below a root where there are no handles of folders: the way is looked at before and after each step, and what was
 * opened is compared with what is there. A link that comes and goes in between is not seen, only that it leads elsewhere.
 */
export class PortableBeneath implements Beneath {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  close(): void {}

  look(parts: Parts): Node | undefined {
    return ifThere(() => this.#watched(parts, (path) => look(path)));
  }

  read(parts: Parts, maxBytes: number): { bytes: Uint8Array<ArrayBuffer>; node: Node } {
    return this.#watched(parts, (path) => {
      const before = requireFile(look(path), parts);
      if (before.sizeBytes > maxBytes) throw tooLarge(parts.join("/"), before.sizeBytes, maxBytes);
      using file = this.#try("open", parts, () => Deno.openSync(path));
      const node = toNode(file.statSync());
      if (node.identity !== before.identity) throw changedMeanwhile(parts.join("/"));
      const bytes = this.#try("read", parts, () => readAll(file, node.sizeBytes));
      return { bytes, node };
    });
  }

  list(parts: Parts): readonly NamedNode[] {
    return this.#watched(parts, (path) => {
      const names = this.#try("list", parts, () => Array.from(Deno.readDirSync(path), ({ name }) => name));
      return names.flatMap((name) => {
        const node = look(`${path}/${name}`);
        return node === undefined ? [] : [{ name, ...node }];
      });
    });
  }

  makeFolder(parts: Parts, mode: number): void {
    this.#watched(parts, (path) => this.#try("make folder", parts, () => Deno.mkdirSync(path, { mode })));
  }

  replace(parts: Parts, bytes: Uint8Array, { mode, was }: { mode: number; was: Node | undefined }): void {
    this.#watched(parts, (path) => {
      const [folder, name] = [parts.slice(0, -1), parts[parts.length - 1]];
      const temporary = [this.#root, ...folder, temporaryName(name, hostRandom.hex(12))].join("/");
      this.#try("write", parts, () => writeNew(temporary, bytes, mode));
      try {
        this.#unchanged(path, parts, was);
        this.#try("write", parts, () => Deno.renameSync(temporary, path));
      } catch (error) {
        Deno.removeSync(temporary);
        throw error;
      }
    });
  }

  remove(parts: Parts, was: Node): void {
    this.#watched(parts, (path) => {
      this.#unchanged(path, parts, was);
      this.#try("delete", parts, () => Deno.removeSync(path));
    });
  }

  rename(from: Parts, to: Parts, was: Node): void {
    this.#watched(from, (path) => {
      this.#unchanged(path, from, was);
      this.#watched(to, (target) => {
        if (look(target) !== undefined) throw fileExists(to.join("/"));
        this.#try("move", to, () => Deno.renameSync(path, target));
      });
    });
  }

  /** The folder must be where it is said to be, before and after. */
  #watched<T>(parts: Parts, work: (path: string) => T): T {
    const folder = [this.#root, ...parts.slice(0, -1)].join("/");
    this.#stays(folder, parts);
    const result = work([this.#root, ...parts].join("/"));
    this.#stays(folder, parts);
    return result;
  }

  #stays(folder: string, parts: Parts): void {
    const real = this.#try("look at", parts, () => Deno.realPathSync(folder));
    const slashed = Deno.build.os === "windows" ? real.replaceAll("\\", "/") : real;
    if (slashed !== folder) throw changedMeanwhile(parts.join("/"));
  }

  #unchanged(path: string, parts: Parts, was: Node | undefined): void {
    const now = look(path);
    if (!(was === undefined ? now === undefined : isSame(was, now))) throw changedMeanwhile(parts.join("/"));
  }

  #try<T>(action: string, parts: Parts, work: () => T): T {
    try {
      return work();
    } catch (error) {
      const code = osCode(error);
      throw refusedBySystem(action, parts.join("/"), code === "" ? String(error) : code);
    }
  }
}

function look(path: string): Node | undefined {
  try {
    return toNode(Deno.lstatSync(path));
  } catch (error) {
    const code = osCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw refusedBySystem("look at", path, code);
  }
}

function toNode(info: Deno.FileInfo): Node {
  return {
    kind: info.isSymlink ? "symlink" : info.isDirectory ? "directory" : info.isFile ? "file" : "other",
    sizeBytes: info.size,
    mtimeMs: info.mtime?.getTime() ?? 0,
    mode: (info.mode ?? 0o644) & 0o7777,
    links: info.nlink ?? 1,
    identity: `${info.dev}:${info.ino ?? 0}`,
  };
}

function requireFile(node: Node | undefined, parts: Parts): Node {
  const path = parts.join("/");
  if (node === undefined) throw fileNotFound(path);
  if (node.kind === "file") return node;
  if (node.kind === "symlink") throw changedMeanwhile(path);
  throw node.kind === "directory" ? refusedBySystem("read", path, "EISDIR") : specialFile(path, "no regular file");
}

function readAll(file: Deno.FsFile, sizeBytes: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(sizeBytes);
  let at = 0;
  while (at < bytes.length) {
    const count = file.readSync(bytes.subarray(at));
    if (count === null) break;
    at += count;
  }
  return bytes.slice(0, at);
}

function writeNew(path: string, bytes: Uint8Array, mode: number): void {
  using file = Deno.openSync(path, { write: true, createNew: true, mode: 0o600 });
  for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
  file.syncSync();
  if (Deno.build.os !== "windows") Deno.chmodSync(path, mode & 0o777);
}
