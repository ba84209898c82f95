/** What a path of {@linkcode MemoryTree} holds. */
export type Entry =
  | { readonly kind: "file"; readonly bytes: Uint8Array; readonly executable: boolean }
  | { readonly kind: "directory" }
  | { readonly kind: "symlink"; readonly target: string };

/** An entry with the facts that a disk adds. */
export type Stored = Entry & { readonly inode: number; mtimeMs: number; ctimeMs: number };

/** An error such as the operating system gives. */
export function osError(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}

/** Folders, files and links by absolute path; a disk without errors of its own. */
export class MemoryTree {
  readonly #entries = new Map<string, Stored>();
  readonly #now: () => number;
  #inodes = 1;

  constructor(now: () => number) {
    this.#now = now;
    this.put("/", { kind: "directory" });
  }

  /** The path with links in its folders followed, and its own too unless `entryItself`. */
  resolve(path: string, entryItself = false, depth = 0): string {
    if (depth > 40) throw osError("ELOOP", path);
    const parts = normal(path);
    let at = "";
    for (let i = 0; i < parts.length; i++) {
      at = `${at}/${parts[i]}`;
      const entry = this.#entries.get(at);
      const isLast = i === parts.length - 1;
      if (entry?.kind === "symlink" && !(isLast && entryItself)) {
        const base = entry.target.startsWith("/") ? entry.target : `${parentOf(at)}/${entry.target}`;
        return this.resolve([base, ...parts.slice(i + 1)].join("/"), entryItself, depth + 1);
      }
      if (entry?.kind === "file" && !isLast) throw osError("ENOTDIR", path);
    }
    return at || "/";
  }

  get(path: string, entryItself = false): Stored | undefined {
    return this.#entries.get(this.resolve(path, entryItself));
  }

  /** @throws `ENOENT` if the folder is not there, `ENOTDIR` if it is none. */
  put(path: string, entry: Entry): void {
    const place = this.resolve(path, true);
    const parent = place === "/" ? undefined : this.#entries.get(parentOf(place));
    if (place !== "/" && parent === undefined) throw osError("ENOENT", path);
    if (place !== "/" && parent?.kind !== "directory") throw osError("ENOTDIR", path);
    if (place !== "/" && !this.#entries.has(place)) this.#changed(parentOf(place));
    const at = this.#now();
    this.#entries.set(place, { ...entry, inode: this.#inodes++, mtimeMs: at, ctimeMs: at });
  }

  /** A folder changes when an entry comes or goes. */
  #changed(folder: string): void {
    const entry = this.#entries.get(folder);
    if (entry !== undefined) entry.mtimeMs = entry.ctimeMs = this.#now();
  }

  /** Names directly in a folder. */
  names(path: string): readonly string[] {
    const folder = this.resolve(path);
    const prefix = folder === "/" ? "/" : `${folder}/`;
    const keys = [...this.#entries.keys()].filter((key) => key.startsWith(prefix) && key !== "/");
    return keys.map((key) => key.slice(prefix.length)).filter((name) => !name.includes("/"));
  }

  /** Paths of an entry and everything below it, the entry first. */
  below(path: string): readonly string[] {
    const place = this.resolve(path, true);
    return [...this.#entries.keys()].filter((key) => key === place || key.startsWith(`${place}/`)).sort();
  }

  delete(path: string): void {
    const keys = this.below(path);
    if (keys.length > 0) this.#changed(parentOf(keys[0]));
    for (const key of keys) this.#entries.delete(key);
  }

  /** As a rename: inode and times stay. */
  rename(from: string, to: string): void {
    const [source, target] = [this.resolve(from, true), this.resolve(to, true)];
    const moved = this.below(source).map((key) => [target + key.slice(source.length), this.#entries.get(key)] as const);
    this.delete(source);
    this.delete(target);
    for (const [key, entry] of moved) if (entry !== undefined) this.#entries.set(key, entry);
    this.#changed(parentOf(target));
  }
}

function normal(path: string): readonly string[] {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts;
}

/** The folder that holds `path`. */
export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}
