/** The disk, from outside. All paths are absolute. */

/** What is known of a path without reading it. Symbolic links are followed. */
export interface FileInfo {
  readonly kind: "file" | "directory" | "other";
  readonly sizeBytes: number;
  /** Last change of the content, UTC milliseconds. */
  readonly mtimeMs: number;
  /** Last change of the entry, UTC milliseconds; cannot be set by a program. */
  readonly ctimeMs: number;
  readonly inode: number;
  readonly device: number;
  /** Whether its owner, group or others may run it. */
  readonly executable: boolean;
}

/** One entry of a folder. `kind` is that of the entry itself, links not followed. */
export interface FolderEntry {
  readonly name: string;
  readonly kind: "file" | "directory" | "symlink" | "other";
}

/** Reads. Synchronous: thousands of small questions are asked in a row. */
export interface FileReader {
  /** What `path` is, or `undefined` if there is nothing (or a broken link). */
  stat(path: string): FileInfo | undefined;
  /** Entries of a folder, unsorted; empty if there is no such folder. */
  list(path: string): readonly FolderEntry[];
  /** The text, undecodable bytes replaced; `undefined` if there is no such file. */
  readText(path: string): string | undefined;
  /** The content; `undefined` if there is no such file. */
  readBytes(path: string): Uint8Array | undefined;
  /** The path with every link resolved; `undefined` if it does not exist. */
  realPath(path: string): string | undefined;
  /** Whether the entry itself is a symbolic link. */
  isLink(path: string): boolean;
}

/** Writes. A failure is a LoomError that names the path and the reason (full, not permitted, a folder in the way). */
export interface FileWriter {
  /** Make a folder and its parents. */
  makeDirectory(path: string): void;
  /** Replace a file as a whole: temporary name beside it, flushed, renamed. */
  writeAtomic(path: string, content: string | Uint8Array): void;
  /** Write a file where there is none, in a folder that nobody knows of yet: quickly, it may be half there for a moment. */
  writeNew(path: string, content: string | Uint8Array): void;
  /** Lets whoever may read a file run it. Systems that know no such right need nothing. */
  makeExecutable(path: string): void;
  /** Move `from` onto `to`, replacing what is there (a file or a whole folder). */
  move(from: string, to: string): void;
  /** Copy a file or a whole folder onto `to`; `to` is complete or untouched. */
  copy(from: string, to: string): void;
  /** Remove a file, link or whole folder; a link is removed itself, never its target. Absent is fine. */
  remove(path: string): void;
  /** Put into the system's trash. */
  trash(path: string): Promise<void>;
}

/** Content digests. */
export interface FileDigester {
  /** SHA-256 of a file's bytes, 64 lower-case hex digits; streamed. `onBytes` hears how many more were read. */
  digest(path: string, options?: { signal?: AbortSignal; onBytes?: (count: number) => void }): Promise<string>;
  /** SHA-256 of a text's UTF-8 bytes. */
  digestText(text: string): string;
  /** SHA-256 of bytes at hand. */
  digestBytes(bytes: Uint8Array): string;
}

/** All of it. */
export interface Files extends FileReader, FileWriter, FileDigester {}
