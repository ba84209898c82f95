/**
 * The files a tool may see, from outside: one folder, and no way out of it.
 *
 * @module
 */

/** What is known of an entry. Links are not followed: what is behind them is not asked. */
export interface WorkspaceEntry {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  readonly kind: "file" | "directory" | "symlink" | "other";
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

/** What a file was replaced on condition of. */
export interface WriteOptions {
  /** SHA-256 of what must be there now; `absent` if nothing must be. Checked under the same handle. */
  readonly expect?: string;
  /** Permission bits of a new file; those of the old one are kept. */
  readonly mode?: number;
}

/**
 * Files below one folder, by path relative to it. Each call resolves the path, checks it, and opens it by handles that
 * follow no link, so that nothing that is swapped meanwhile leads outside. Before each change, what was there is kept,
 * so that it can be undone.
 *
 * Refused for everything: paths that leave the workspace, special files. Refused for changes: `.git`, `.loom`,
 * `loom.toml`, `loom.yaml`, hard-linked files, more than 1 MB by `writeFile`.
 */
export interface Workspace {
  /** Absolute, links resolved. */
  readonly root: string;
  /** @throws {LoomError} `outside-workspace`, `special-file`, `file-not-found`. */
  readFile(path: string, options?: { readonly maxBytes?: number }): Promise<Uint8Array>;
  /** Replaces or creates it, with the folders above. Atomic. @throws {LoomError} also `protected-path`, `changed-meanwhile`. */
  writeFile(path: string, content: Uint8Array, options?: WriteOptions): Promise<void>;
  /** A file or an empty folder. */
  remove(path: string): Promise<void>;
  /** Refuses a destination that exists. */
  move(from: string, to: string): Promise<void>;
  /** `undefined` if nothing is there. */
  stat(path: string): Promise<WorkspaceEntry | undefined>;
  /** Entries of one folder by name. */
  list(path: string): Promise<readonly WorkspaceEntry[]>;
}
