import type { Beneath, NamedNode, Node, Parts } from "./beneath.ts";
import { ifThere, isSame, temporaryName } from "./beneath.ts";
import { changedMeanwhile, fileExists, fileNotFound, refusedBySystem, specialFile, tooLarge } from "./errors.ts";
import { inFolder, listHandle, lookAt, lookAtHandle, openRoot } from "./handles.ts";
import { AT_REMOVE_FOLDER, cText, type FileLibc, lastError, OPEN, RENAME_NO_REPLACE } from "./libc.ts";
import { hostRandom } from "../machine/random.ts";

/** Files below a root, by a handle of each folder on the way: what is renamed or linked meanwhile leads nowhere else. */
export class LinuxBeneath implements Beneath {
  readonly #libc: FileLibc;
  readonly #root: number;

  constructor(libc: FileLibc, root: string) {
    this.#libc = libc;
    this.#root = openRoot(libc, root);
  }

  close(): void {
    this.#libc.close(this.#root);
  }

  look(parts: Parts): Node | undefined {
    if (parts.length === 0) return lookAtHandle(this.#libc, this.#root);
    return ifThere(() => this.#beside(parts, (folder, name) => lookAt(this.#libc, folder, name)));
  }

  read(parts: Parts, maxBytes: number): { bytes: Uint8Array<ArrayBuffer>; node: Node } {
    const path = parts.join("/");
    return this.#beside(parts, (folder, name) => {
      // Opening some devices does something already: they are told by looking, and looked at again once open.
      requireFile(lookAt(this.#libc, folder, name), path);
      const ways = OPEN.noFollow | OPEN.noWait | OPEN.noTerminal | OPEN.closeOnExec;
      return this.#withFile(folder, name, { ways, path }, (handle) => {
        const node = requireFile(lookAtHandle(this.#libc, handle), path);
        if (node.sizeBytes > maxBytes) throw tooLarge(path, node.sizeBytes, maxBytes);
        return { bytes: this.#readAll(handle, { path, node, maxBytes }), node };
      });
    });
  }

  list(parts: Parts): readonly NamedNode[] {
    return inFolder(this.#libc, this.#root, parts, (folder) => listHandle(this.#libc, folder));
  }

  makeFolder(parts: Parts, mode: number): void {
    this.#beside(parts, (folder, name) => {
      this.#must(this.#libc.mkdirat(folder, cText(name), mode), "make folder", parts);
    });
  }

  replace(parts: Parts, bytes: Uint8Array, { mode, was }: { mode: number; was: Node | undefined }): void {
    this.#beside(parts, (folder, name) => {
      const temporary = temporaryName(name, hostRandom.hex(12));
      this.#writeNew(folder, temporary, { bytes, mode, parts });
      try {
        this.#unchanged(folder, parts, was);
        if (was === undefined) this.#place(folder, temporary, { folder, name, parts });
        else this.#must(this.#libc.renameat(folder, cText(temporary), folder, cText(name)), "write", parts);
      } catch (error) {
        this.#libc.unlinkat(folder, cText(temporary), 0);
        throw error;
      }
    });
  }

  remove(parts: Parts, was: Node): void {
    this.#beside(parts, (folder, name) => {
      this.#unchanged(folder, parts, was);
      const how = was.kind === "directory" ? AT_REMOVE_FOLDER : 0;
      this.#must(this.#libc.unlinkat(folder, cText(name), how), "delete", parts);
    });
  }

  rename(from: Parts, to: Parts, was: Node): void {
    this.#beside(from, (folder, name) => {
      this.#unchanged(folder, from, was);
      this.#beside(to, (target, newName) => this.#place(folder, name, { folder: target, name: newName, parts: to }));
    });
  }

  /** Hands the folder that holds the last part to `work`, with its name. */
  #beside<T>(parts: Parts, work: (folder: number, name: string) => T): T {
    return inFolder(this.#libc, this.#root, parts.slice(0, -1), (folder) => work(folder, parts[parts.length - 1]));
  }

  #unchanged(folder: number, parts: Parts, was: Node | undefined): void {
    const now = lookAt(this.#libc, folder, parts[parts.length - 1]);
    const same = was === undefined ? now === undefined : isSame(was, now);
    if (!same) throw changedMeanwhile(parts.join("/"));
  }

  #withFile<T>(
    folder: number,
    name: string,
    { ways, path, mode = 0 }: { ways: number; path: string; mode?: number },
    work: (handle: number) => T,
  ): T {
    const handle = this.#libc.openat(folder, cText(name), ways, mode);
    if (handle < 0) throw opening(lastError(this.#libc), path);
    try {
      return work(handle);
    } finally {
      this.#libc.close(handle);
    }
  }

  #readAll(handle: number, { path, node, maxBytes }: { path: string; node: Node; maxBytes: number }) {
    // One more than it should hold: a file that grows while it is read is seen.
    let bytes = new Uint8Array(node.sizeBytes + 1);
    let at = 0;
    for (;;) {
      const count = Number(this.#libc.read(handle, bytes.subarray(at), BigInt(bytes.length - at)));
      if (count < 0) throw refusedBySystem("read", path, lastError(this.#libc));
      if (count === 0) return bytes.slice(0, at);
      at += count;
      if (at > maxBytes) throw tooLarge(path, at, maxBytes);
      if (at < bytes.length) continue;
      const longer = new Uint8Array(bytes.length * 2);
      longer.set(bytes);
      bytes = longer;
    }
  }

  #writeNew(folder: number, name: string, { bytes, mode, parts }: { bytes: Uint8Array; mode: number; parts: Parts }) {
    const path = parts.join("/");
    const ways = OPEN.write | OPEN.create | OPEN.exclusive | OPEN.noFollow | OPEN.closeOnExec;
    this.#withFile(folder, name, { ways, path, mode: 0o600 }, (handle) => {
      try {
        for (let at = 0; at < bytes.length;) {
          const rest = new Uint8Array(bytes.subarray(at));
          const count = Number(this.#libc.write(handle, rest, BigInt(rest.length)));
          if (count < 0) throw refusedBySystem("write", path, lastError(this.#libc));
          at += count;
        }
        this.#must(this.#libc.fchmod(handle, mode & 0o777), "set the permissions of", parts);
        this.#must(this.#libc.fsync(handle), "write", parts);
      } catch (error) {
        this.#libc.unlinkat(folder, cText(name), 0);
        throw error;
      }
    });
  }

  /** Gives an entry another name that is not taken. */
  #place(folder: number, name: string, to: { folder: number; name: string; parts: Parts }): void {
    const [from, target] = [cText(name), cText(to.name)];
    if (this.#libc.renameat2(folder, from, to.folder, target, RENAME_NO_REPLACE) === 0) return;
    const reason = lastError(this.#libc);
    if (reason === "EEXIST") throw fileExists(to.parts.join("/"));
    if (reason !== "EINVAL") throw refusedBySystem("write", to.parts.join("/"), reason);
    // Some disks know no such renaming; a second name cannot replace anything either.
    this.#must(this.#libc.linkat(folder, from, to.folder, target, 0), "write", to.parts);
    this.#must(this.#libc.unlinkat(folder, from, 0), "write", to.parts);
  }

  #must(result: number, action: string, parts: Parts): void {
    if (result !== 0) throw refusedBySystem(action, parts.join("/"), lastError(this.#libc));
  }
}

function requireFile(node: Node | undefined, path: string): Node {
  if (node === undefined) throw fileNotFound(path);
  if (node.kind === "file") return node;
  if (node.kind === "symlink") throw changedMeanwhile(path);
  throw node.kind === "directory" ? refusedBySystem("read", path, "EISDIR") : specialFile(path, "no regular file");
}

function opening(reason: string, path: string): Error {
  if (reason === "ENOENT") return fileNotFound(path);
  if (reason === "ELOOP") return changedMeanwhile(path);
  return reason === "ENXIO" ? specialFile(path, "no regular file") : refusedBySystem("open", path, reason);
}
