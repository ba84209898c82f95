/**
 * A workspace in memory.
 *
 * @module
 */

import { LoomError } from "../../errors.ts";
import type { Workspace, WorkspaceEntry } from "../../ports/workspace.ts";

const DEFAULT_MAX = 1_000_000;

/**
 * A workspace of these files, by path. Folders are there as long as something is in them.
 *
 * It knows no links and keeps nothing to be undone; paths that leave it are refused as a real one does.
 *
 * @example Usage
 * ```ts
 * import { memoryWorkspace } from "@loom/loom";
 * import { deepEqual, rejects } from "node:assert/strict";
 *
 * const workspace = memoryWorkspace({ "notes/a.txt": "hello" });
 * deepEqual(new TextDecoder().decode(await workspace.readFile("notes/a.txt")), "hello");
 * await rejects(workspace.readFile("../a"), { code: "outside-workspace" });
 * ```
 */
export function memoryWorkspace(files: Readonly<Record<string, string>> = {}, root = "/workspace"): Workspace {
  const encoder = new TextEncoder();
  const held = new Map(Object.entries(files).map(([path, text]) => [normal(path), encoder.encode(text)]));
  return new MemoryWorkspace(root, held);
}

class MemoryWorkspace implements Workspace {
  readonly root: string;
  readonly #files: Map<string, Uint8Array>;

  constructor(root: string, files: Map<string, Uint8Array>) {
    this.root = root;
    this.#files = files;
  }

  readFile(path: string, { maxBytes = DEFAULT_MAX }: { readonly maxBytes?: number } = {}): Promise<Uint8Array> {
    return attempt(() => {
      const bytes = this.#get(normal(path));
      if (bytes.length > maxBytes) {
        throw new LoomError("file-too-large", `Cannot read '${path}': ${bytes.length} bytes`);
      }
      return bytes.slice();
    });
  }

  writeFile(path: string, content: Uint8Array): Promise<void> {
    return attempt(() => {
      const place = changeable(path);
      if (this.#below(place).length > 0) throw new LoomError("special-file", `Cannot write '${path}': it is a folder`);
      this.#files.set(place, content.slice());
    });
  }

  remove(path: string): Promise<void> {
    return attempt(() => {
      this.#get(changeable(path));
      this.#files.delete(normal(path));
    });
  }

  move(from: string, to: string): Promise<void> {
    return attempt(() => {
      const [source, target] = [changeable(from), changeable(to)];
      const bytes = this.#get(source);
      if (this.#files.has(target)) throw new LoomError("file-exists", `Cannot move to '${to}': it is there already`);
      this.#files.delete(source);
      this.#files.set(target, bytes);
    });
  }

  stat(path: string): Promise<WorkspaceEntry | undefined> {
    return attempt(() => this.#entry(normal(path)));
  }

  list(path: string): Promise<readonly WorkspaceEntry[]> {
    return attempt(() => {
      const folder = normal(path);
      const above = folder === "" ? "" : `${folder}/`;
      const names = new Set(this.#below(folder).map((it) => it.slice(above.length).split("/")[0]));
      return [...names].sort().flatMap((name) => this.#entry(`${above}${name}`) ?? []);
    });
  }

  #get(place: string): Uint8Array {
    const bytes = this.#files.get(place);
    if (bytes === undefined) throw new LoomError("file-not-found", `No file '${place}'`, { data: { path: place } });
    return bytes;
  }

  #entry(path: string): WorkspaceEntry | undefined {
    const bytes = this.#files.get(path);
    if (bytes !== undefined) return { path, kind: "file", sizeBytes: bytes.length, mtimeMs: 0 };
    const isFolder = path === "" || this.#below(path).length > 0;
    return isFolder ? { path, kind: "directory", sizeBytes: 0, mtimeMs: 0 } : undefined;
  }

  #below(folder: string): readonly string[] {
    return [...this.#files.keys()].filter((it) => folder === "" || it.startsWith(`${folder}/`));
  }
}

/** What goes wrong in a promise, as elsewhere. */
async function attempt<T>(work: () => T): Promise<T> {
  return await work();
}

function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) throw outside(path);
  }
  if (path.startsWith("/") || path.includes("\0")) throw outside(path);
  return parts.join("/");
}

function changeable(path: string): string {
  const place = normal(path);
  if (/^\.(git|loom)(\/|$)|^loom\.(toml|yaml)$/.test(place) || place === "") {
    throw new LoomError("protected-path", `Cannot change '${path}': it is protected`, { data: { path } });
  }
  return place;
}

function outside(path: string): LoomError {
  return new LoomError("outside-workspace", `Cannot use '${path}': it is outside the workspace`, { data: { path } });
}
