/**
 * The files a tool may see: one folder of the real disk, and no way out of it.
 *
 * @module
 */

import type { Workspace, WorkspaceEntry, WriteOptions } from "../../../core/ports/workspace.ts";
import { explained } from "../files/errors.ts";
import { hostFileDigester } from "../files/digester.ts";
import type { Beneath, Node, Parts } from "./beneath.ts";
import {
  changedMeanwhile,
  fileExists,
  fileNotFound,
  invalidPath,
  outsideWorkspace,
  refusedBySystem,
  specialFile,
  tooLarge,
} from "./errors.ts";
import { LinuxBeneath } from "./linux.ts";
import { openFileLibc } from "./libc.ts";
import { PortableBeneath } from "./portable.ts";
import { refuseProtected } from "./protect.ts";
import { noRecorder, type Recorder } from "./record.ts";
import { type Resolved, resolveInside } from "./resolve.ts";

export { isFolderMode, type Recorder, storeRecorder } from "./record.ts";

/** Settings of one workspace. */
export interface WorkspaceOptions {
  /** What `~` stands for. */
  readonly home?: string;
  /** Where changes are kept. Without it they cannot be undone. */
  readonly recorder?: Recorder;
  /** @default {1 MiB} */
  readonly maxWriteBytes?: number;
  /** How files below the root are reached; by handles where the system has them. */
  readonly beneath?: (root: string) => Beneath;
}

/** A workspace that holds its folder open. */
export interface HostWorkspace extends Workspace, Disposable {
  /** The real place of a path, absolute; it need not exist. @throws {LoomError} `outside-workspace`. */
  locate(path: string): string;
  /** Makes a folder and those above it. */
  makeFolder(path: string, mode?: number): Promise<void>;
}

/** The most that is read at once, and kept of a file that is changed. */
const MAX_READ_BYTES = 64 * 1024 * 1024;

const MAX_WRITE_BYTES = 1024 * 1024;

const [NEW_FILE, NEW_FOLDER] = [0o644, 0o755] as const;

/**
 * Opens a folder as a workspace.
 *
 * @param folder Absolute path; links are resolved once, here.
 * @throws {LoomError} `not-found`, `not-directory`, `invalid-path`.
 */
export function hostWorkspace(folder: string, options: WorkspaceOptions = {}): HostWorkspace {
  const real = explained("open", folder, () => Deno.realPathSync(folder));
  const root = Deno.build.os === "windows" ? real.replaceAll("\\", "/") : real;
  if (/^([A-Za-z]:)?\/$/.test(root)) throw invalidPath(root, "the whole disk is no workspace");
  return new DiskWorkspace(root, (options.beneath ?? beneathOf)(root), options);
}

function beneathOf(root: string): Beneath {
  const libc = openFileLibc();
  return libc === undefined ? new PortableBeneath(root) : new LinuxBeneath(libc, root);
}

class DiskWorkspace implements HostWorkspace {
  readonly root: string;
  readonly #beneath: Beneath;
  readonly #recorder: Recorder;
  readonly #home: string | undefined;
  readonly #maxWriteBytes: number;

  constructor(root: string, beneath: Beneath, options: WorkspaceOptions) {
    this.root = root;
    this.#beneath = beneath;
    this.#recorder = options.recorder ?? noRecorder;
    this.#home = options.home;
    this.#maxWriteBytes = options.maxWriteBytes ?? MAX_WRITE_BYTES;
  }

  readFile(path: string, options: { readonly maxBytes?: number } = {}): Promise<Uint8Array> {
    return answer(() => {
      const { parts } = this.#resolve(path, true);
      if (parts.length === 0) throw refusedBySystem("read", path, "EISDIR");
      return this.#beneath.read(parts, options.maxBytes ?? MAX_READ_BYTES).bytes;
    });
  }

  writeFile(path: string, content: Uint8Array, options: WriteOptions = {}): Promise<void> {
    return answer(() => {
      const at = this.#resolve(path, true);
      this.#refuseProtected(at);
      if (content.length > this.#maxWriteBytes) throw tooLarge(path, content.length, this.#maxWriteBytes);
      const now = this.#beneath.look(at.parts);
      const before = now && this.#readForChange(at, now);
      if (!meets(before?.bytes, options.expect)) throw changedMeanwhile(at.shown);
      if (before !== undefined && equals(before.bytes, content)) return;
      this.#makeFolders(at.parts.slice(0, -1));
      const mode = before?.node.mode ?? options.mode ?? NEW_FILE;
      this.#recorder.record({
        operation: before === undefined ? "create" : "modify",
        path: at.parts.join("/"),
        before,
        after: { node: { kind: "file", mode }, bytes: content },
      }, () => this.#beneath.replace(at.parts, content, { mode, was: before?.node }));
    });
  }

  remove(path: string): Promise<void> {
    return answer(() => {
      const at = this.#resolve(path, false);
      this.#refuseProtected(at);
      const now = this.#beneath.look(at.parts);
      if (now === undefined) throw fileNotFound(at.shown);
      const before = this.#readForChange(at, now, { folders: true });
      if (now.kind === "directory" && this.#beneath.list(at.parts).length > 0) {
        throw refusedBySystem("delete", at.shown, "ENOTEMPTY");
      }
      const planned = { operation: "delete", path: at.parts.join("/"), before } as const;
      this.#recorder.record(planned, () => this.#beneath.remove(at.parts, before.node));
    });
  }

  move(from: string, to: string): Promise<void> {
    return answer(() => {
      const [source, target] = [this.#resolve(from, false), this.#resolve(to, false)];
      for (const at of [source, target]) this.#refuseProtected(at);
      const now = this.#beneath.look(source.parts);
      if (now === undefined) throw fileNotFound(source.shown);
      if (this.#beneath.look(target.parts) !== undefined) throw fileExists(target.shown);
      const before = this.#readForChange(source, now, { folders: true });
      this.#makeFolders(target.parts.slice(0, -1));
      const [path, newPath] = [source.parts.join("/"), target.parts.join("/")];
      const planned = { operation: "rename", path, newPath, before, after: before } as const;
      this.#recorder.record(planned, () => this.#beneath.rename(source.parts, target.parts, before.node));
    });
  }

  stat(path: string): Promise<WorkspaceEntry | undefined> {
    return answer(() => {
      const { shown, parts } = this.#resolve(path, false);
      const node = this.#beneath.look(parts);
      return node && toEntry(shown, node);
    });
  }

  list(path: string): Promise<readonly WorkspaceEntry[]> {
    return answer(() => {
      const { shown, parts } = this.#resolve(path, true);
      const now = this.#beneath.look(parts);
      if (now === undefined) throw fileNotFound(shown);
      if (now.kind !== "directory") throw refusedBySystem("list", shown, "ENOTDIR");
      const entries = this.#beneath.list(parts).map((node) =>
        toEntry(shown === "." ? node.name : `${shown}/${node.name}`, node)
      );
      return entries.sort((a, b) => a.path < b.path ? -1 : 1);
    });
  }

  locate(path: string): string {
    return [this.root, ...this.#resolve(path, true).parts].join("/");
  }

  makeFolder(path: string, mode: number = NEW_FOLDER): Promise<void> {
    return answer(() => {
      const at = this.#resolve(path, true);
      this.#refuseProtected(at);
      this.#makeFolders(at.parts, mode);
    });
  }

  [Symbol.dispose](): void {
    this.#beneath.close();
  }

  #resolve(path: string, follow: boolean): Resolved {
    return resolveInside({ root: this.root, home: this.#home }, path, { follow });
  }

  /** Both where it is written and where it is: a link may have any name. */
  #refuseProtected({ shown, parts }: Resolved): void {
    if (parts.length === 0) throw outsideWorkspace(shown, this.root);
    refuseProtected(shown.split("/"), shown);
    refuseProtected(parts, shown);
  }

  /** What is about to be changed, read under the same handle that it is looked at with. */
  #readForChange({ shown, parts }: Resolved, now: Node, options: { folders?: boolean } = {}): Before {
    if (now.kind === "symlink") throw specialFile(shown, "a link; tools change no links");
    if (now.kind === "other") throw specialFile(shown, "no regular file");
    if (now.kind === "directory" && options.folders) return { node: now };
    const { bytes, node } = this.#beneath.read(parts, MAX_READ_BYTES);
    if (node.links > 1) throw specialFile(shown, "a file with several names (hard links)");
    return { bytes, node };
  }

  /** Makes a folder and those above it, each a change of its own. */
  #makeFolders(parts: Parts, mode: number = NEW_FOLDER): void {
    for (let depth = 1; depth <= parts.length; depth++) {
      const folder = parts.slice(0, depth);
      const node = this.#beneath.look(folder);
      if (node?.kind === "directory") continue;
      if (node !== undefined) throw refusedBySystem("make folder", folder.join("/"), "ENOTDIR");
      const after = { node: { kind: "directory", mode: depth === parts.length ? mode : NEW_FOLDER } } as const;
      const planned = { operation: "create", path: folder.join("/"), after } as const;
      this.#recorder.record(planned, () => this.#beneath.makeFolder(folder, after.node.mode));
    }
  }
}

interface Before {
  readonly node: Node;
  /** Absent for folders. */
  readonly bytes?: Uint8Array;
}

/** What is wrong is told by a promise, never thrown before there is one. */
function answer<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}

function meets(bytes: Uint8Array | undefined, expect: string | undefined): boolean {
  if (expect === undefined) return true;
  return expect === (bytes === undefined ? "absent" : hostFileDigester.digestBytes(bytes));
}

function equals(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a !== undefined && a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function toEntry(path: string, { kind, sizeBytes, mtimeMs }: Node): WorkspaceEntry {
  return { path, kind, sizeBytes, mtimeMs };
}
