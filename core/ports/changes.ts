/** What tools changed in files, kept so that it can be taken back. */

/** One change of one file or folder. Content is kept as objects of the store, under its digest. */
export interface ChangeRecord {
  readonly id: number;
  /** What it was made for, such as one call of a tool: the changes that are taken back together. */
  readonly task: string;
  /** UTC milliseconds. */
  readonly at: number;
  readonly operation: "create" | "modify" | "delete" | "rename";
  /** Relative to the project. */
  readonly path: string;
  /** Where it is after a rename. */
  readonly newPath?: string;
  /** Digest of what was there; absent if there was nothing, or a folder. */
  readonly beforeRef?: string;
  /** Kind and permission bits as Unix has them, so that folders can be told from files. */
  readonly beforeMode?: number;
  readonly afterRef?: string;
  readonly afterMode?: number;
  /** `intent` before it is made, `done` after; `failed` if it could not be made, `undone` once taken back. */
  readonly status: "intent" | "done" | "failed" | "undone";
}

/** Which changes; absent fields do not matter. */
export interface ChangeFilter {
  readonly id?: number;
  readonly task?: string;
  readonly limit?: number;
}

/** Changes, in order. */
export interface Changes {
  /** Stored when it returns; gives its number. */
  add(change: Omit<ChangeRecord, "id">): number;
  setStatus(id: number, status: ChangeRecord["status"]): void;
  /** Newest first. */
  list(filter?: ChangeFilter): readonly ChangeRecord[];
}
